//! A value was typed twice.

use crate::changeset::state::State;
use crate::changeset::{Changeset, FieldError, Message};
use crate::schema::{Field, Record};

impl<S: Record> Changeset<S> {
    /// The param `<field>_confirmation` equals the param of the field, else `does not match confirmation` under the name of the confirmation.
    ///
    /// Compares what was sent, before any cast. A confirmation that was not sent is no error; see [`validate_confirmation_required`](Changeset::validate_confirmation_required).
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
