//! A box was ticked.

use crate::changeset::{Changeset, FieldError, FieldName, Message};
use crate::schema::Record;
use crate::types::Scalar;

impl<S: Record> Changeset<S> {
    /// The param is true (`true`, `"true"`, `"1"`), else `must be accepted`. It may be no field at all: `validate_acceptance("terms")`.
    ///
    /// A param that was not sent is not true. Passes if nothing was cast.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// # let al = User { id: 1, name: "Al".into(), email: "al@example.com".into(), age: Some(30), confirmed: true };
    /// let changeset = Changeset::from(al).cast([("terms", "no")], ()).validate_acceptance("terms");
    /// assert_eq!(changeset.errors()[0].to_string(), "terms must be accepted");
    /// ```
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
