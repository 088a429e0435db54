//! Single changes: read, put, taken back.

use super::{Assign, Changeset, FieldError, FieldName, Message};
use crate::schema::{Field, Record};
use crate::types::{SqlType, Value};

/// A field's value, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldValue<T> {
    /// It is about to change to this.
    Change(T),
    /// It is this already: in the row, or as the declared default of a new one.
    Data(T),
}

impl<T> FieldValue<T> {
    /// The value, wherever it stands.
    pub fn into_inner(self) -> T {
        match self {
            FieldValue::Change(value) | FieldValue::Data(value) => value,
        }
    }
}

impl<S: Record> Changeset<S> {
    /// The new value of a field; `None` if it does not change.
    #[must_use]
    pub fn get_change<T: SqlType>(&self, field: Field<S, T>) -> Option<T> {
        self.state.change(field.index()).and_then(|value| T::from_value(value.clone()).ok())
    }

    /// The value that a field would have: the change, else that of the row, or the declared default of a new one. `None` if a new row has none of these.
    #[must_use]
    pub fn get_field<T: SqlType>(&self, field: Field<S, T>) -> Option<T> {
        self.fetch_field(field).map(FieldValue::into_inner)
    }

    /// The same, and where it stands.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// # let al = User { id: 1, name: "Al".into(), email: "al@example.com".into(), age: Some(30), confirmed: true };
    /// use ecto_core::changeset::FieldValue;
    ///
    /// let changeset = Changeset::from(al).put_change(User::age, 31);
    /// assert_eq!(changeset.fetch_field(User::age), Some(FieldValue::Change(Some(31))));
    /// assert_eq!(changeset.fetch_field(User::confirmed), Some(FieldValue::Data(true)));
    /// assert_eq!(Changeset::<User>::new().fetch_field(User::name), None);
    /// ```
    #[must_use]
    pub fn fetch_field<T: SqlType>(&self, field: Field<S, T>) -> Option<FieldValue<T>> {
        if let Some(change) = self.get_change(field) {
            return Some(FieldValue::Change(change));
        }
        match &self.data {
            Some(row) => Some(FieldValue::Data(field.get(row).clone())),
            None => T::from_value(self.state.base(None, field.index())).ok().map(FieldValue::Data),
        }
    }

    /// Does the field change?
    #[must_use]
    pub fn changed<T>(&self, field: Field<S, T>) -> bool {
        self.state.change(field.index()).is_some()
    }

    /// Does the field change, and is `from` what it was?
    #[must_use]
    pub fn changed_from<T: SqlType>(&self, field: Field<S, T>, from: impl Assign<T>) -> bool {
        self.changed(field) && self.base(field.index()) == from.__into_value()
    }

    /// Does the field change to this?
    #[must_use]
    pub fn changed_to<T: SqlType>(&self, field: Field<S, T>, to: impl Assign<T>) -> bool {
        self.state.change(field.index()) == Some(&to.__into_value())
    }

    /// Would the field be NULL or an empty text?
    #[must_use]
    pub fn field_missing<T>(&self, field: Field<S, T>) -> bool {
        self.state.is_missing(self.data.as_ref().map(|row| row as _), field.index())
    }

    /// Sets the new value of a field, without casting. If it is the value that the row has (or a new row by default), the field does not change, and
    /// an earlier change of it is taken back.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// # let al = User { id: 1, name: "Al".into(), email: "al@example.com".into(), age: Some(30), confirmed: true };
    /// let changeset = Changeset::from(al).put_change(User::age, 31).put_change(User::name, "Al");
    /// assert!(changeset.changed(User::age));
    /// assert!(!changeset.changed(User::name), "that is his name");
    /// ```
    pub fn put_change<T: SqlType>(mut self, field: Field<S, T>, value: impl Assign<T>) -> Self {
        self.put(field.index(), value.__into_value());
        self
    }

    /// Sets the new value of a field, even to what it is.
    pub fn force_change<T: SqlType>(mut self, field: Field<S, T>, value: impl Assign<T>) -> Self {
        self.state.record(field.index(), value.__into_value());
        self
    }

    /// Takes the change of a field back.
    pub fn delete_change<T>(mut self, field: Field<S, T>) -> Self {
        self.state.forget(field.index());
        self
    }

    /// Changes a change. Does nothing where the field does not change; the result is [put](Changeset::put_change), so it may take the change back.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// # let al = User { id: 1, name: "Al".into(), email: "al@example.com".into(), age: Some(30), confirmed: true };
    /// let changeset = Changeset::from(al).put_change(User::email, "AL@Example.COM").update_change(User::email, |email| email.to_lowercase());
    /// assert!(!changeset.changed(User::email), "it is what it was");
    /// ```
    pub fn update_change<T: SqlType>(mut self, field: Field<S, T>, update: impl FnOnce(T) -> T) -> Self {
        if let Some(change) = self.get_change(field) {
            self.put(field.index(), update(change).into_value());
        }
        self
    }

    /// Adds an error, under a field or under any other name: `add_error("base", "the shop is closed")`.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// # let al = User { id: 1, name: "Al".into(), email: "al@example.com".into(), age: Some(30), confirmed: true };
    /// let changeset = Changeset::from(al).add_error(User::age, message("is below %{least}").code("too_young").param("least", 40));
    /// assert_eq!(changeset.errors()[0].to_string(), "age is below 40");
    /// assert!(!changeset.is_valid());
    /// ```
    pub fn add_error(mut self, field: impl FieldName<S>, message: impl Into<Message>) -> Self {
        self.state.add_error(FieldError::new(field.__field_name(), "custom", message.into()));
        self
    }

    fn base(&self, field: u16) -> Value {
        self.state.base(self.data.as_ref().map(|row| row as _), field)
    }

    fn put(&mut self, field: u16, value: Value) {
        self.state.put(self.data.as_ref().map(|row| row as _), field, value);
    }
}
