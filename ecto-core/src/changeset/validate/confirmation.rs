//! A value was typed twice.

use crate::changeset::state::State;
use crate::changeset::{Changeset, FieldError, Message};
use crate::schema::{Field, Record};

impl<S: Record> Changeset<S> {
    /// The param `<field>_confirmation` equals the param of the field, else `does not match confirmation` under the name of the confirmation.
    ///
    /// Compares what was sent, before any cast. A confirmation that was not sent is no error; see [`validate_confirmation_required`](Changeset::validate_confirmation_required).
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// # let al = User { id: 1, name: "Al".into(), email: "al@example.com".into(), age: Some(30), confirmed: true };
    /// let params = [("email", "bo@example.com"), ("email_confirmation", "ob@example.com")];
    /// let changeset = Changeset::from(al).cast(params, User::email).validate_confirmation(User::email);
    /// assert_eq!(changeset.errors()[0].to_string(), "email_confirmation does not match confirmation");
    /// ```
    #[inline]
    pub fn validate_confirmation<T>(mut self, field: Field<S, T>) -> Self {
        run(&mut self.state, field.name(), false, None);
        self
    }

    /// The same, and a confirmation that was not sent is `can't be blank`.
    #[inline]
    pub fn validate_confirmation_required<T>(mut self, field: Field<S, T>) -> Self {
        run(&mut self.state, field.name(), true, None);
        self
    }

    /// The same as [`validate_confirmation`](Changeset::validate_confirmation), with another message.
    #[inline]
    pub fn validate_confirmation_with<T>(mut self, field: Field<S, T>, message: impl Into<Message>) -> Self {
        run(&mut self.state, field.name(), false, Some(message.into()));
        self
    }
}

fn run(state: &mut State, field: &'static str, required: bool, message: Option<Message>) {
    let Some(params) = &state.params else { return };
    let Some(value) = params.get(field) else { return };
    let name = format!("{field}_confirmation");
    let error = match params.get(&name) {
        Some(confirmation) if confirmation == value => return,
        Some(_) => FieldError::new(name, "confirmation", message.unwrap_or_else(|| "does not match confirmation".into())),
        None if required => FieldError::required(name),
        None => return,
    };
    state.add_error(error);
}
