//! Newtypes by derive: a struct around another column type, stored as that.

use super::{CastError, ColumnType, ColumnValue, Input, Param, Scalar, SqlType, Value};
use crate::error::Result;

/// What `#[derive(SqlType)]` on a struct with one unnamed field knows.
pub trait Newtype: Sized + 'static {
    /// What is stored.
    type Inner: Scalar;

    /// Around a value.
    fn wrap(inner: Self::Inner) -> Self;

    /// The value inside.
    fn inner(&self) -> &Self::Inner;

    /// The value inside, by value.
    fn into_inner(self) -> Self::Inner;
}

/// What validations see of it: what they see of the inner type.
pub type ViewOf<T> = <<T as Newtype>::Inner as Scalar>::View;

/// The inner type as data.
#[must_use]
pub const fn inner_type<T: Newtype>() -> ColumnType {
    <T::Inner as SqlType>::COLUMN
}

/// Is the inner type written into the text of a statement?
#[must_use]
pub const fn is_literal<T: Newtype>() -> bool {
    <T::Inner as Scalar>::LITERAL
}

/// The value as validations see it.
#[must_use]
pub fn view_newtype<T: Newtype>(value: &Value) -> Option<&ViewOf<T>> {
    <T::Inner as Scalar>::view(value)
}

/// Reads what is stored.
///
/// # Errors
/// When the column holds something else.
#[inline]
pub fn decode_newtype<'a, T: Newtype, V: ColumnValue<'a>>(value: V) -> Result<T> {
    <T::Inner as SqlType>::decode(value).map(T::wrap)
}

/// The inverse of dumping.
///
/// # Errors
/// When the value is of another type.
pub fn newtype_of<T: Newtype>(value: Value) -> Result<T> {
    <T::Inner as SqlType>::from_value(value).map(T::wrap)
}

/// A user's input, as the inner type reads it.
///
/// # Errors
/// When the input is not a value of the inner type.
pub fn cast_newtype<T: Newtype>(input: Input<'_>) -> Result<T, CastError> {
    <T::Inner as Scalar>::cast(input).map(T::wrap)
}

/// The value inside.
#[inline]
pub fn dump_newtype<T: Newtype>(value: &T) -> Value {
    value.inner().to_value()
}

/// The value inside, by value.
#[inline]
pub fn value_of_newtype<T: Newtype>(value: T) -> Value {
    value.into_inner().into_value()
}

/// The value inside, as a parameter.
#[inline]
pub fn param_of_newtype<T: Newtype>(value: &T) -> Param<'_> {
    value.inner().as_param()
}
