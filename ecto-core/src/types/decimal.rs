//! `rust_decimal::Decimal`: exact on both databases, never by way of a float.

use rust_decimal::Decimal;

use super::builtin::{copy_scalar, mismatch};
use super::{CastError, ColumnValue, Input, Kind, NotNull, Param, Scalar, SqlType, Value};
use crate::error::Result;

copy_scalar!(Decimal, Decimal, "decimal", literal: false, decode: |v: V| v.decimal(), cast: cast_decimal);

/// T-13: a number, or a text that is one from end to end; `.5` and `1.` are, `NaN` is not.
///
/// Never rounded: what has more digits than the type holds (28, Ecto's has 34) is refused.
fn cast_decimal(input: Input<'_>) -> Option<Decimal> {
    match input {
        Input::Int(x) => Some(Decimal::from(x)),
        Input::Large(x) => Some(Decimal::from(x)),
        // By way of the shortest text that means this float, so that 0.1 is 0.1.
        Input::Float(x) => parse(&format!("{x:e}")),
        Input::Text(text) => parse(text),
        _ => None,
    }
}

/// Takes the text apart, because the parser of the type also takes `1_000` and rounds exponents.
fn parse(text: &str) -> Option<Decimal> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (negative, unsigned) = match mantissa.strip_prefix('-') {
        Some(unsigned) => (true, unsigned),
        None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let mut digits = 0i128;
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    for digit in whole.bytes().chain(fraction.bytes()) {
        let digit = i128::from(digit.checked_sub(b'0').filter(|digit| *digit < 10)?);
        digits = digits.checked_mul(10)?.checked_add(digit)?;
    }
    let scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
    let number = match u32::try_from(scale) {
        Ok(scale) => Decimal::try_from_i128_with_scale(digits, scale).ok()?,
        Err(_) => whole_number(digits, scale.unsigned_abs())?,
    };
    Some(if negative { -number } else { number })
}

/// `digits` with `zeros` behind them.
fn whole_number(digits: i128, zeros: u32) -> Option<Decimal> {
    let number = if digits == 0 { 0 } else { digits.checked_mul(10i128.checked_pow(zeros)?)? };
    Decimal::try_from_i128_with_scale(number, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_of_json_is_never_rounded() {
        let largest = serde_json::json!(u64::MAX);
        assert_eq!(cast_decimal(Input::from_json(&largest)), Some(Decimal::from(u64::MAX)));
    }
}
