//! A number compares with others.

use serde_json::Value as Json;
use smallvec::SmallVec;

use crate::changeset::state::State;
use crate::changeset::{Changeset, FieldError, Message};
use crate::schema::{Field, Record};
use crate::types::{Scalar, SqlType};

/// A type of numbers: `i16`, `i32`, `i64`, `f32`, `f64`, and `Decimal` with the feature `decimal`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a number",
    label = "expected a field of numbers: of `i64`, `f64`, `Decimal`, ..."
)]
pub trait Numeric: Scalar<View = Self> + PartialOrd + Copy {
    /// What its bounds are: numbers of its own type. A rule is said in these, so that a field of no numbers is one error and not two.
    type Bound: Into<Self> + Copy;

    #[doc(hidden)]
    fn __json(self) -> Json;
}

macro_rules! numeric {
    ($($number:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl Numeric for $number {
            type Bound = $number;
            fn __json(self) -> Json {
                Json::from(self)
            }
        }
    )*};
}
numeric!(i16, i32, i64, f32, f64);

/// As a text, because JSON's numbers are floats to many who read them.
#[cfg(feature = "decimal")]
#[diagnostic::do_not_recommend]
impl Numeric for rust_decimal::Decimal {
    type Bound = rust_decimal::Decimal;

    fn __json(self) -> Json {
        Json::from(self.to_string())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    LessThan,
    GreaterThan,
    LessThanOrEqualTo,
    GreaterThanOrEqualTo,
    EqualTo,
    NotEqualTo,
}

/// Comparisons that a number must pass, checked in the order in which they were named. Made by [`number`].
#[derive(Debug, Clone)]
pub struct Number<N> {
    comparisons: SmallVec<[(Comparison, N); 2]>,
    message: Option<Message>,
}

/// Comparisons that a number must pass: `number().greater_than(0).less_than(150)`.
#[must_use]
pub fn number<N>() -> Number<N> {
    Number { comparisons: SmallVec::new(), message: None }
}

impl<N> Number<N> {
    /// `must be less than %{number}`.
    #[must_use]
    pub fn less_than(self, number: N) -> Self {
        self.and(Comparison::LessThan, number)
    }

    /// `must be greater than %{number}`.
    #[must_use]
    pub fn greater_than(self, number: N) -> Self {
        self.and(Comparison::GreaterThan, number)
    }

    /// `must be less than or equal to %{number}`.
    #[must_use]
    pub fn less_than_or_equal_to(self, number: N) -> Self {
        self.and(Comparison::LessThanOrEqualTo, number)
    }

    /// `must be greater than or equal to %{number}`.
    #[must_use]
    pub fn greater_than_or_equal_to(self, number: N) -> Self {
        self.and(Comparison::GreaterThanOrEqualTo, number)
    }

    /// `must be equal to %{number}`.
    #[must_use]
    pub fn equal_to(self, number: N) -> Self {
        self.and(Comparison::EqualTo, number)
    }

    /// `must be not equal to %{number}`.
    #[must_use]
    pub fn not_equal_to(self, number: N) -> Self {
        self.and(Comparison::NotEqualTo, number)
    }

    /// What to say, whichever comparison fails; `%{number}` is what it was compared with.
    #[must_use]
    pub fn message(mut self, message: impl Into<Message>) -> Self {
        self.message = Some(message.into());
        self
    }

    #[inline]
    fn and(mut self, comparison: Comparison, number: N) -> Self {
        self.comparisons.push((comparison, number));
        self
    }
}

impl Comparison {
    #[inline]
    fn holds<N: PartialOrd>(self, value: &N, number: &N) -> bool {
        match self {
            Comparison::LessThan => value < number,
            Comparison::GreaterThan => value > number,
            Comparison::LessThanOrEqualTo => value <= number,
            Comparison::GreaterThanOrEqualTo => value >= number,
            Comparison::EqualTo => value == number,
            Comparison::NotEqualTo => value != number,
        }
    }

    fn kind(self) -> &'static str {
        match self {
            Comparison::LessThan => "less_than",
            Comparison::GreaterThan => "greater_than",
            Comparison::LessThanOrEqualTo => "less_than_or_equal_to",
            Comparison::GreaterThanOrEqualTo => "greater_than_or_equal_to",
            Comparison::EqualTo => "equal_to",
            Comparison::NotEqualTo => "not_equal_to",
        }
    }

    fn text(self) -> &'static str {
        match self {
            Comparison::LessThan => "must be less than %{number}",
            Comparison::GreaterThan => "must be greater than %{number}",
            Comparison::LessThanOrEqualTo => "must be less than or equal to %{number}",
            Comparison::GreaterThanOrEqualTo => "must be greater than or equal to %{number}",
            Comparison::EqualTo => "must be equal to %{number}",
            Comparison::NotEqualTo => "must be not equal to %{number}",
        }
    }
}

/// What the values of a field of numbers are compared with.
type BoundOf<T> = <<T as SqlType>::Base as Numeric>::Bound;

impl<S: Record> Changeset<S> {
    /// The number passes all comparisons: `number().greater_than(0).less_than(150)`. The first that fails is the error.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// # let al = User { id: 1, name: "Al".into(), email: "al@example.com".into(), age: Some(30), confirmed: true };
    /// let changeset = Changeset::from(al).put_change(User::age, 200).validate_number(User::age, number().greater_than(0).less_than(150));
    /// let error = &changeset.errors()[0];
    /// assert_eq!(error.text(), "must be less than 150");
    /// assert_eq!(error.message(), "must be less than %{number}");
    /// assert_eq!(error.param("kind").unwrap(), "less_than");
    /// ```
    #[inline]
    pub fn validate_number<T: SqlType<Base: Numeric>>(mut self, field: Field<S, T>, rule: Number<BoundOf<T>>) -> Self {
        if let Some(value) = self.state.change(field.index()).and_then(T::Base::view) {
            let failure = rule.comparisons.iter().find(|(comparison, number)| !comparison.holds(value, &(*number).into()));
            if let Some((comparison, number)) = failure {
                let number = (*number).into().__json();
                add(&mut self.state, field.index(), (*comparison, number), rule.message);
            }
        }
        self
    }
}

#[cold]
fn add(state: &mut State, field: u16, (comparison, number): (Comparison, Json), message: Option<Message>) {
    let error = FieldError::new(state.field(field).name, "number", message.unwrap_or_else(|| comparison.text().into()));
    state.add_error(error.with("kind", comparison.kind()).with("number", number));
}
