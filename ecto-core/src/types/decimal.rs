//! `rust_decimal::Decimal`: exact on both databases, never by way of a float.

use rust_decimal::Decimal;

use super::builtin::{copy_scalar, mismatch};
use super::{CastError, ColumnValue, Input, Kind, NotNull, Param, Scalar, SqlType, Value};
use crate::error::Result;

copy_scalar!(Decimal, Decimal, "decimal", literal: false, decode: |v: V| v.decimal(), cast: cast_decimal);

/// T-13: a number, or a text that is one from end to end; `.5` and `1.` are, `NaN` is not.
fn cast_decimal(input: Input<'_>) -> Option<Decimal> {
    match input {
        Input::Int(x) => Some(Decimal::from(x)),
        Input::Float(x) => Decimal::try_from(x).ok(),
        Input::Text(text) => Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).ok(),
        _ => None,
    }
}
