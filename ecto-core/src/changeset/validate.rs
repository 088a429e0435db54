//! Validations: each looks at one change, and keeps an error if it does not hold.
//!
//! All but `validate_required` pass over a field that does not change or changes to NULL, so a row that was valid once is not judged again.
//! One validation a file; what they share is [`Changeset::validate_change`], and that errors are made in cold functions that know no types.

mod acceptance;
mod choice;
mod confirmation;
mod format;
mod length;
mod number;
mod required;

use super::{Changeset, FieldError, Message};
use crate::schema::{Field, Record};
use crate::types::{Scalar, SqlType};

pub use choice::Choice;
pub use format::{Format, Textual, format};
pub use length::{Count, Length, Measurable, length};
pub use number::{Number, Numeric, number};

impl<S: Record> Changeset<S> {
    /// Looks at a change in a way of your own; what `check` returns as an error becomes the field's, with the code `custom`.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// # let al = User { id: 1, name: "Al".into(), email: "al@example.com".into(), age: Some(30), confirmed: true };
    /// let even = |age: &i32| if age % 2 == 0 { Ok(()) } else { Err("must be even") };
    /// let changeset = Changeset::from(al).put_change(User::age, 31).validate_change(User::age, even);
    /// assert_eq!(changeset.errors()[0].text(), "must be even");
    /// ```
    pub fn validate_change<T: SqlType, M: Into<Message>>(
        mut self,
        field: Field<S, T>,
        check: impl FnOnce(&<T::Base as Scalar>::View) -> Result<(), M>,
    ) -> Self {
        if let Some(Err(message)) = self.view(field).map(check) {
            self.state.add_error(FieldError::new(field.name(), "custom", message.into()));
        }
        self
    }

    /// The change of a field as validations see it; `None` if there is none, or it is NULL.
    #[inline]
    fn view<T: SqlType>(&self, field: Field<S, T>) -> Option<&<T::Base as Scalar>::View> {
        self.state.change(field.index()).and_then(T::Base::view)
    }
}
