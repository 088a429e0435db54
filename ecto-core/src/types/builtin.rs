//! Numbers, text, bytes and bool.

use std::borrow::Cow;

use super::{CastError, ColumnValue, Input, Kind, NotNull, Param, Scalar, SqlType, Value};
use crate::error::{Result, TypeError};

/// The error for a value of another type.
#[cold]
pub(super) fn mismatch<T>(expected: &'static str, found: &Value) -> Result<T> {
    Err(TypeError::Mismatch { expected, found: found.type_name().to_owned() }.into())
}

#[cold]
fn out_of_range<T>(expected: &'static str, value: impl ToString) -> Result<T> {
    Err(TypeError::OutOfRange { expected, value: value.to_string() }.into())
}

/// A `Copy` scalar that has a variant of its own and a method of [`ColumnValue`].
macro_rules! copy_scalar {
    ($type:ty, $variant:ident, $name:literal, literal: $literal:expr, decode: $decode:expr, cast: $cast:expr) => {
        copy_scalar!($type, $variant, $name, literal: $literal, decode: $decode, cast: $cast, kept: |value| value);
    };
    ($type:ty, $variant:ident, $name:literal, literal: $literal:expr, decode: $decode:expr, cast: $cast:expr, kept: $kept:expr) => {
        #[diagnostic::do_not_recommend]
        impl SqlType for $type {
            type Base = $type;
            type Null = NotNull;
            #[inline]
            fn decode<'a, V: ColumnValue<'a>>(value: V) -> Result<Self> {
                $decode(value)
            }
            #[inline]
            fn to_value(&self) -> Value {
                let kept: fn($type) -> $type = $kept;
                Value::$variant(kept(*self))
            }
            #[inline]
            fn as_param(&self) -> Param<'_> {
                Param::$variant(*self)
            }
            fn from_value(value: Value) -> Result<Self> {
                match value {
                    Value::$variant(x) => Ok(x),
                    other => mismatch(stringify!($type), &other),
                }
            }
        }
        #[diagnostic::do_not_recommend]
        impl Scalar for $type {
            const NAME: &'static str = $name;
            const KIND: Kind = Kind::$variant;
            const LITERAL: bool = $literal;
            type View = $type;
            fn view(value: &Value) -> Option<&$type> {
                match value {
                    Value::$variant(x) => Some(x),
                    _ => None,
                }
            }
            fn cast(input: Input<'_>) -> Result<Self, CastError> {
                let cast: Option<$type> = $cast(input);
                cast.ok_or(const { CastError::invalid() })
            }
        }
        crate::__scalar_from_row!($type);
    };
}
pub(super) use copy_scalar;

copy_scalar!(bool, Bool, "boolean", literal: true, decode: |v: V| v.bool(), cast: cast_bool);
copy_scalar!(i16, I16, "integer", literal: false, decode: |v: V| narrow(v.i64()?, "i16"), cast: |i| cast_int(i)?.try_into().ok());
copy_scalar!(i32, I32, "integer", literal: false, decode: |v: V| narrow(v.i64()?, "i32"), cast: |i| cast_int(i)?.try_into().ok());
copy_scalar!(i64, I64, "integer", literal: false, decode: |v: V| v.i64(), cast: cast_int);
copy_scalar!(f32, F32, "float", literal: false, decode: |v: V| v.f64().map(|x| x as f32), cast: |i| cast_float(i).map(|x| x as f32).filter(|x| x.is_finite()));
copy_scalar!(f64, F64, "float", literal: false, decode: |v: V| v.f64(), cast: cast_float);

#[inline]
fn narrow<T: TryFrom<i64>>(value: i64, expected: &'static str) -> Result<T> {
    T::try_from(value).or_else(|_| out_of_range(expected, value))
}

/// T-14: exactly these.
fn cast_bool(input: Input<'_>) -> Option<bool> {
    match input {
        Input::Bool(x) => Some(x),
        Input::Text("true" | "1") => Some(true),
        Input::Text("false" | "0") => Some(false),
        _ => None,
    }
}

/// T-11: an integer, or a text of fewer than 32 bytes that is one from end to end.
fn cast_int(input: Input<'_>) -> Option<i64> {
    match input {
        Input::Int(x) => Some(x),
        Input::Text(text) if text.len() < 32 => text.parse().ok(),
        _ => None,
    }
}

/// T-12: digits stand on both sides of a point.
fn cast_float(input: Input<'_>) -> Option<f64> {
    match input {
        Input::Float(x) => Some(x),
        Input::Int(x) => Some(x as f64),
        Input::Large(x) => Some(x as f64),
        Input::Text(text) if is_float(text) => text.parse().ok().filter(|x: &f64| x.is_finite()),
        _ => None,
    }
}

/// `-1`, `1.5`, `1e3`, `1.5e-3`, but not `.5`, `1.`, `inf`, which Rust's parser takes.
fn is_float(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && fraction.is_none_or(digits) && exponent.is_none_or(digits)
}

#[diagnostic::do_not_recommend]
impl SqlType for String {
    type Base = String;
    type Null = NotNull;

    // Called for each text of each row: left to itself, the optimizer calls it.
    #[inline(always)]
    fn decode<'a, V: ColumnValue<'a>>(value: V) -> Result<Self> {
        value.text().map(str::to_owned)
    }

    fn to_value(&self) -> Value {
        Value::Text(Cow::Owned(self.clone()))
    }

    fn into_value(self) -> Value {
        Value::Text(Cow::Owned(self))
    }

    fn as_param(&self) -> Param<'_> {
        Param::Text(self)
    }

    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Text(text) => Ok(text.into_owned()),
            other => mismatch("String", &other),
        }
    }
}

#[diagnostic::do_not_recommend]
impl Scalar for String {
    const NAME: &'static str = "string";
    const KIND: Kind = Kind::Text;
    type View = str;

    fn view(value: &Value) -> Option<&str> {
        match value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// T-15: any text, unchanged; numbers are not printed into one.
    fn cast(input: Input<'_>) -> Result<Self, CastError> {
        input.text().map(str::to_owned).ok_or(const { CastError::invalid() })
    }
}

#[diagnostic::do_not_recommend]
impl SqlType for Vec<u8> {
    type Base = Vec<u8>;
    type Null = NotNull;

    #[inline]
    fn decode<'a, V: ColumnValue<'a>>(value: V) -> Result<Self> {
        value.bytes().map(<[u8]>::to_vec)
    }

    fn to_value(&self) -> Value {
        Value::Bytes(self.as_slice().into())
    }

    fn into_value(self) -> Value {
        Value::Bytes(self.into_boxed_slice())
    }

    fn as_param(&self) -> Param<'_> {
        Param::Bytes(self)
    }

    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Bytes(bytes) => Ok(bytes.into_vec()),
            other => mismatch("Vec<u8>", &other),
        }
    }
}

#[diagnostic::do_not_recommend]
impl Scalar for Vec<u8> {
    const NAME: &'static str = "binary";
    const KIND: Kind = Kind::Bytes;
    type View = [u8];

    fn view(value: &Value) -> Option<&[u8]> {
        match value {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// T-15: a text is its bytes.
    fn cast(input: Input<'_>) -> Result<Self, CastError> {
        input.text().map(|text| text.as_bytes().to_vec()).ok_or(const { CastError::invalid() })
    }
}

crate::__scalar_from_row!(String, Vec<u8>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_have_digits_on_both_sides_of_the_point() {
        for good in ["1", "1.0", "1e3", "-1.5", "+2", "1.5E-3"] {
            assert!(is_float(good), "{good}");
        }
        for bad in [".5", "1.", "", "-", "inf", "NaN", "1e", "1_0", " 1", "1.5.2"] {
            assert!(!is_float(bad), "{bad}");
        }
    }

    #[test]
    fn integers_are_consumed_whole() {
        assert_eq!(cast_int(Input::Text("+12")), Some(12));
        for bad in ["1.0", " 1", "1_000", "", "00000000000000000000000000000001"] {
            assert_eq!(cast_int(Input::Text(bad)), None, "{bad}");
        }
        assert_eq!(cast_int(Input::Float(1.0)), None);
    }
}
