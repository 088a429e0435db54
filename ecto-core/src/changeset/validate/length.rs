//! A text or bytes have a length within bounds.

use std::ops::{Bound, RangeBounds};

use unicode_segmentation::UnicodeSegmentation;

use crate::changeset::state::State;
use crate::changeset::{Changeset, FieldError, Message};
use crate::schema::{Field, Record};
use crate::types::{Scalar, SqlType};

/// A type that has a length: `String`, `Vec<u8>`.
#[diagnostic::on_unimplemented(message = "`{Self}` has no length", label = "expected a field of texts or bytes")]
pub trait Measurable: Scalar {
    #[doc(hidden)]
    fn __measure(view: &Self::View, count: Count) -> usize;
    #[doc(hidden)]
    const __UNIT: Unit;
}

/// What is counted, as errors name it.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Characters,
    Bytes,
}

/// What one character of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Count {
    /// What a reader takes for one: `é`, a flag, a family of four.
    #[default]
    Graphemes,
    /// A Unicode code point, which is what `char_length` counts in a database.
    Codepoints,
    /// A byte of UTF-8.
    Bytes,
}

#[diagnostic::do_not_recommend]
impl Measurable for String {
    const __UNIT: Unit = Unit::Characters;

    #[inline]
    fn __measure(text: &str, count: Count) -> usize {
        measure(text, count)
    }
}

#[diagnostic::do_not_recommend]
impl Measurable for Vec<u8> {
    const __UNIT: Unit = Unit::Bytes;

    fn __measure(bytes: &[u8], _count: Count) -> usize {
        bytes.len()
    }
}

fn measure(text: &str, count: Count) -> usize {
    match count {
        Count::Bytes => text.len(),
        // A carriage return with its line feed is the only grapheme of two ASCII characters.
        Count::Graphemes if text.is_ascii() && !text.contains('\r') => text.len(),
        Count::Graphemes => text.graphemes(true).count(),
        Count::Codepoints => text.chars().count(),
    }
}

/// Bounds of a length. A range is one (`2..=100`, `2..`, `..=100`), and so is a number, which is exact.
#[derive(Debug, Clone, Default)]
pub struct Length {
    is: Option<usize>,
    min: Option<usize>,
    max: Option<usize>,
    count: Count,
    message: Option<Message>,
}

/// Bounds of a length, one by one: `length().min(2).max(100)`.
#[must_use]
pub fn length() -> Length {
    Length::default()
}

impl Length {
    /// Exactly so long.
    #[must_use]
    pub fn is(mut self, length: usize) -> Self {
        self.is = Some(length);
        self
    }

    /// At least so long.
    #[must_use]
    pub fn min(mut self, length: usize) -> Self {
        self.min = Some(length);
        self
    }

    /// At most so long.
    #[must_use]
    pub fn max(mut self, length: usize) -> Self {
        self.max = Some(length);
        self
    }

    /// What one character is.
    #[must_use]
    pub fn count(mut self, count: Count) -> Self {
        self.count = count;
        self
    }

    /// What to say, whichever bound fails; `%{count}` is the bound.
    #[must_use]
    pub fn message(mut self, message: impl Into<Message>) -> Self {
        self.message = Some(message.into());
        self
    }

    fn within(range: &impl RangeBounds<usize>) -> Self {
        let min = match range.start_bound() {
            Bound::Included(min) => Some(*min),
            Bound::Excluded(below) => Some(below.saturating_add(1)),
            Bound::Unbounded => None,
        };
        let max = match range.end_bound() {
            Bound::Included(max) => Some(*max),
            Bound::Excluded(above) => Some(above.saturating_sub(1)),
            Bound::Unbounded => None,
        };
        Length { min, max, ..Length::default() }
    }

    /// The first bound that fails, in Ecto's order.
    #[inline]
    fn failure(&self, length: usize) -> Option<(&'static str, usize)> {
        match *self {
            Length { is: Some(is), .. } if length != is => Some(("is", is)),
            Length { min: Some(min), .. } if length < min => Some(("min", min)),
            Length { max: Some(max), .. } if length > max => Some(("max", max)),
            _ => None,
        }
    }
}

macro_rules! length_from_range {
    ($($range:ident),*) => {$(
        impl From<std::ops::$range<usize>> for Length {
            fn from(range: std::ops::$range<usize>) -> Self {
                Length::within(&range)
            }
        }
    )*};
}
length_from_range!(Range, RangeInclusive, RangeFrom, RangeTo, RangeToInclusive);

impl From<usize> for Length {
    fn from(length: usize) -> Self {
        Length::default().is(length)
    }
}

impl<S: Record> Changeset<S> {
    /// The length is within bounds: `2..=100`, or `length().min(2).count(Count::Codepoints)`.
    ///
    /// Texts are counted in graphemes unless the bounds say otherwise, bytes in bytes. The first bound that fails is the error: `should be at least %{count} character(s)`.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema, Debug, Clone)]
    /// # #[schema(table = "users")]
    /// # struct User { id: i64, name: String, email: String, age: Option<i32>, #[schema(default = false)] confirmed: bool }
    /// # let al = User { id: 1, name: "Al".into(), email: "al@example.com".into(), age: Some(30), confirmed: true };
    /// let changeset = Changeset::from(al).put_change(User::name, "B");
    /// assert_eq!(changeset.clone().validate_length(User::name, 2..=100).errors()[0].text(), "should be at least 2 character(s)");
    /// assert!(changeset.validate_length(User::name, length().max(1).count(Count::Bytes)).is_valid());
    /// ```
    #[inline]
    pub fn validate_length<T: SqlType<Base: Measurable>>(mut self, field: Field<S, T>, bounds: impl Into<Length>) -> Self {
        if let Some(view) = self.state.change(field.index()).and_then(T::Base::view) {
            let bounds = bounds.into();
            if let Some(failure) = bounds.failure(T::Base::__measure(view, bounds.count)) {
                add(&mut self.state, field.index(), (T::Base::__UNIT, bounds), failure);
            }
        }
        self
    }
}

#[cold]
fn add(state: &mut State, field: u16, (unit, bounds): (Unit, Length), (kind, count): (&'static str, usize)) {
    let text = match (unit == Unit::Bytes || bounds.count == Count::Bytes, kind) {
        (false, "is") => "should be %{count} character(s)",
        (false, "min") => "should be at least %{count} character(s)",
        (false, _) => "should be at most %{count} character(s)",
        (true, "is") => "should be %{count} byte(s)",
        (true, "min") => "should be at least %{count} byte(s)",
        (true, _) => "should be at most %{count} byte(s)",
    };
    let type_name = if unit == Unit::Bytes || bounds.count == Count::Bytes { "binary" } else { "string" };
    let error = FieldError::new(state.field(field).name, "length", bounds.message.unwrap_or_else(|| text.into()));
    state.add_error(error.with("count", count).with("kind", kind).with("type", type_name));
}
