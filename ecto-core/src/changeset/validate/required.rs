//! The field has a value.

use crate::changeset::state::{Data, State};
use crate::changeset::{Changeset, FieldError, FieldList, Fields, Message, fields};
use crate::schema::Record;

impl<S: Record> Changeset<S> {
    /// These fields have a value, by a change or in the row: neither NULL nor an empty text, else `can't be blank`. The change of a field that fails is taken back.
    ///
    /// A field that has an error already gets no second one. Fields of a row are looked at too, unlike in all other validations.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// let changeset = Changeset::<User>::new().cast([("name", "Al")], (User::name, User::email)).validate_required((User::name, User::email));
    /// assert_eq!(changeset.errors()[0].to_string(), "email can't be blank");
    /// ```
    #[inline]
    pub fn validate_required(mut self, fields: impl Fields<S>) -> Self {
        run(&mut self.state, self.data.as_ref().map(|row| row as _), &fields::list(&fields), None);
        self
    }

    /// The same, with another message.
    #[inline]
    pub fn validate_required_with(mut self, fields: impl Fields<S>, message: impl Into<Message>) -> Self {
        run(&mut self.state, self.data.as_ref().map(|row| row as _), &fields::list(&fields), Some(message.into()));
        self
    }
}

fn run(state: &mut State, data: Data<'_>, fields: &FieldList, message: Option<Message>) {
    let mut block = Vec::new();
    for field in fields {
        let name = state.field(*field).name;
        if state.is_missing(data, *field) && !state.has_error(name) {
            state.forget(*field);
            block.push(message.clone().map_or_else(|| FieldError::required(name), |message| FieldError::new(name, "required", message)));
        }
    }
    if !block.is_empty() {
        state.add_block(block);
    }
}
