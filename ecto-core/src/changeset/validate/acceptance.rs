//! A box was ticked.

use crate::changeset::{Changeset, FieldError, FieldName, Message};
use crate::schema::Record;
use crate::types::Scalar;

impl<S: Record> Changeset<S> {
    /// The param is true (`true`, `"true"`, `"1"`), else `must be accepted`. It may be no field at all: `validate_acceptance("terms")`.
    ///
    /// A param that was not sent is not true. Passes if nothing was cast.
    #[inline]
    pub fn validate_acceptance(self, field: impl FieldName<S>) -> Self {
        self.validate_acceptance_with(field, "must be accepted")
    }

    /// The same, with another message.
    #[inline]
    pub fn validate_acceptance_with(mut self, field: impl FieldName<S>, message: impl Into<Message>) -> Self {
        let name = field.__field_name();
        let Some(params) = &self.state.params else { return self };
        let accepted = params.input(&name).is_some_and(|input| bool::cast(input) == Ok(true));
        if !accepted {
            self.state.add_error(FieldError::new(name, "acceptance", message.into()));
        }
        self
    }
}
