//! Enums by derive: few values, each with a name that is stored.

use std::borrow::Cow;

use super::{CastError, ColumnValue, Input, Param, SqlType, Value};
use crate::error::{Result, TypeError};

/// What `#[derive(SqlType)]` on an enum without fields knows: its values and the names they are stored under.
pub trait EnumType: SqlType {
    /// The name of the Rust type.
    const NAME: &'static str;
    /// Every value, in the order of their declaration.
    const VARIANTS: &'static [Self];
    /// The stored name of each value of [`VARIANTS`](EnumType::VARIANTS), in the same order.
    const NAMES: &'static [&'static str];

    /// The place of this value in [`VARIANTS`](EnumType::VARIANTS).
    fn position(&self) -> usize;
}

fn by_name<E: EnumType>(name: &str) -> Option<E> {
    E::NAMES.iter().position(|known| *known == name).map(|at| E::VARIANTS[at].clone())
}

/// Reads a stored name; an unknown one is an error (U-07).
///
/// # Errors
/// When the column holds no text, or one that is not a name.
#[inline]
pub fn decode_variant<'a, E: EnumType, V: ColumnValue<'a>>(value: V) -> Result<E> {
    let name = value.text()?;
    match by_name(name) {
        Some(variant) => Ok(variant),
        None => unknown(E::NAME, name),
    }
}

/// The inverse of dumping.
///
/// # Errors
/// When the value is no text, or one that is not a name.
pub fn variant_of<E: EnumType>(value: &Value) -> Result<E> {
    match value {
        Value::Text(name) => by_name(name).map_or_else(|| unknown(E::NAME, name), Ok),
        other => super::builtin::mismatch(E::NAME, other),
    }
}

/// What validations see.
#[must_use]
pub fn view_variant<E: EnumType>(value: &Value) -> Option<&'static E> {
    match value {
        Value::Text(name) => E::NAMES.iter().position(|known| known == name).map(|at| &E::VARIANTS[at]),
        _ => None,
    }
}

#[cold]
fn unknown<T>(expected: &'static str, value: &str) -> Result<T> {
    Err(TypeError::UnknownVariant { expected, value: value.to_owned() }.into())
}

/// U-06: a stored name; else "is invalid", with the names that would do.
///
/// # Errors
/// When the input is not a name.
pub fn cast_variant<E: EnumType>(input: Input<'_>) -> Result<E, CastError> {
    input.text().and_then(by_name).ok_or(CastError { allowed: Some(E::NAMES), ..CastError::invalid() })
}

/// The stored name, as a value that costs no allocation.
pub fn dump_variant<E: EnumType>(variant: &E) -> Value {
    Value::Text(Cow::Borrowed(E::NAMES[variant.position()]))
}

/// The stored name, as a parameter.
pub fn param_of_variant<E: EnumType>(variant: &E) -> Param<'static> {
    Param::Text(E::NAMES[variant.position()])
}
