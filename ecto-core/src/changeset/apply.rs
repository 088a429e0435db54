//! Changes laid over the data.

use super::{Action, Changeset, FieldError, WriteError};
use crate::error::{ChangesetError, Result};
use crate::schema::{Known, Record};
use crate::types::Value;

impl<S: Record> Changeset<S> {
    /// The row with its changes, without a look at errors and without a database.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// # let al = User { id: 1, name: "Al".into(), email: "al@example.com".into(), age: Some(30), confirmed: true };
    /// let older = Changeset::from(al).put_change(User::age, 31).apply()?;
    /// assert_eq!(older.age, Some(31));
    /// let error = Changeset::<User>::new().put_change(User::name, "Bo").apply().unwrap_err();
    /// assert_eq!(error.message(), "a new `User` lacks `id`, `email`");
    /// # Ok::<(), ecto_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// When a new row lacks a field that is not an `Option` and has no default; the text names all of them. Generated
    /// fields are lacking too, unless they were put: only a database fills them.
    pub fn apply(self) -> Result<S> {
        let missing = self.missing();
        if !missing.is_empty() {
            let fields: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
            return Err(ChangesetError::MissingFields { schema: S::META.name, fields: fields.join(", ") }.into());
        }
        match self.data {
            Some(mut row) => {
                for (field, value) in self.state.changes {
                    row.set(field, value)?;
                }
                Ok(row)
            }
            None => {
                let mut known = Known::new(S::META.fields.len());
                for (index, field) in (0..).zip(S::META.fields) {
                    known.put(index, field.default.map_or(Value::Null, |default| default()));
                }
                for (field, value) in self.state.changes {
                    known.put(field, value);
                }
                S::assemble(&mut known)
            }
        }
    }

    /// [`apply`](Changeset::apply) for a form that no repo writes: a changeset that is not valid comes back with the action, so that its errors are shown.
    /// A field that a new row lacks is the error `can't be blank`.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Record, Debug, PartialEq)]
    /// # struct Search { text: String, page: Option<i32> }
    /// let search = |params: &str| {
    ///     Changeset::<Search>::new().cast(Params::from_form(params), (Search::text, Search::page)).apply_action(Action::Validate)
    /// };
    /// assert_eq!(search("text=rust&page=2").unwrap(), Search { text: "rust".into(), page: Some(2) });
    /// let refused = search("page=2").unwrap_err().into_changeset().unwrap();
    /// assert_eq!(refused.errors()[0].to_string(), "text can't be blank");
    /// ```
    ///
    /// # Errors
    /// The changeset, if it is not valid.
    pub fn apply_action(mut self, action: Action) -> Result<S, WriteError<S>> {
        self.state.action = Some(action);
        if self.is_valid() {
            let blank = self.missing().into_iter().map(FieldError::required).collect();
            self.state.add_block(blank);
        }
        match self.mistake() {
            Some(mistake) => Err(mistake.into()),
            None if self.is_valid() => Ok(self.apply()?),
            None => Err(self.into()),
        }
    }

    /// The fields that a new row would lack.
    fn missing(&self) -> Vec<&'static str> {
        if self.data.is_some() {
            return Vec::new();
        }
        let fields = (0..).zip(S::META.fields);
        let lacking = fields.filter(|(index, field)| {
            self.state.change(*index).is_none() && !field.is_virtual && !field.nullable && field.default.is_none()
        });
        lacking.map(|(_, field)| field.name).collect()
    }
}
