//! Rows that are values already.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use crate::error::{Error, Result, TypeError};
use crate::types::{ColumnValue, RowCursor, Value, parse_date, parse_naive, parse_time, parse_utc};

/// Reads a slice of values as if it were a driver's row.
#[derive(Debug)]
pub struct ValueRow<'r> {
    values: &'r [Value],
    next: usize,
}

impl<'r> ValueRow<'r> {
    /// From the first value on.
    #[must_use]
    pub fn new(values: &'r [Value]) -> Self {
        ValueRow { values, next: 0 }
    }

    /// Says in which column an error arose.
    #[cold]
    #[must_use]
    pub fn locate(&self, error: Error) -> Error {
        error.context(format!("in column {}", self.next))
    }

    /// All of them.
    ///
    /// # Errors
    /// Never.
    pub fn values(&mut self) -> Result<Vec<Value>> {
        Ok(self.values.to_vec())
    }

    /// Values have no names: their numbers stand in.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        (1..=self.values.len()).map(|at| at.to_string()).collect()
    }
}

impl RowCursor for ValueRow<'_> {
    type Value<'a>
        = &'a Value
    where
        Self: 'a;

    fn at(&self, index: usize) -> Result<&Value> {
        self.values.get(index).ok_or_else(|| TypeError::TooFewColumns { index: index + 1, found: self.values.len() }.into())
    }

    fn next(&mut self) -> Result<&Value> {
        self.next += 1;
        self.at(self.next - 1)
    }

    fn peek_null(&self, ahead: usize) -> bool {
        self.values.get(self.next + ahead).is_none_or(Value::is_null)
    }

    fn skip(&mut self, count: usize) {
        self.next += count;
    }
}

#[cold]
fn mismatch<T>(expected: &'static str, found: &Value) -> Result<T> {
    match found {
        Value::Null => Err(TypeError::UnexpectedNull { expected }.into()),
        found => Err(TypeError::Mismatch { expected, found: found.type_name().to_owned() }.into()),
    }
}

/// Reads the text forms of dates and times too, since a raw query cannot know them from other texts.
macro_rules! temporal {
    ($name:ident, $type:ty, $variant:ident, $parse:ident, $expected:literal) => {
        fn $name(self) -> Result<$type> {
            match self {
                Value::$variant(value) => Ok(*value),
                Value::Text(text) => $parse(text.as_bytes()).map_or_else(|| mismatch($expected, self), Ok),
                other => mismatch($expected, other),
            }
        }
    };
}

impl<'a> ColumnValue<'a> for &'a Value {
    fn is_null(self) -> bool {
        matches!(self, Value::Null)
    }

    fn bool(self) -> Result<bool> {
        match self {
            Value::Bool(value) => Ok(*value),
            Value::I64(value) => Ok(*value != 0),
            other => mismatch("bool", other),
        }
    }

    fn i64(self) -> Result<i64> {
        match self {
            Value::I16(value) => Ok(i64::from(*value)),
            Value::I32(value) => Ok(i64::from(*value)),
            Value::I64(value) => Ok(*value),
            other => mismatch("an integer", other),
        }
    }

    fn f64(self) -> Result<f64> {
        match self {
            Value::F32(value) => Ok(f64::from(*value)),
            Value::F64(value) => Ok(*value),
            other => other.i64().map(|value| value as f64).or_else(|_| mismatch("a float", other)),
        }
    }

    fn text(self) -> Result<&'a str> {
        match self {
            Value::Text(value) => Ok(value),
            other => mismatch("String", other),
        }
    }

    fn bytes(self) -> Result<&'a [u8]> {
        match self {
            Value::Bytes(value) => Ok(value),
            other => mismatch("Vec<u8>", other),
        }
    }

    temporal!(date, NaiveDate, Date, parse_date, "NaiveDate");
    temporal!(time, NaiveTime, Time, parse_time, "NaiveTime");
    temporal!(naive_datetime, NaiveDateTime, NaiveDateTime, parse_naive, "NaiveDateTime");
    temporal!(datetime, DateTime<Utc>, DateTime, parse_utc, "DateTime<Utc>");

    fn json(self) -> Result<serde_json::Value> {
        match self {
            Value::Json(value) => Ok((**value).clone()),
            Value::Text(text) => serde_json::from_str(text).or_else(|_| mismatch("serde_json::Value", self)),
            other => mismatch("serde_json::Value", other),
        }
    }

    fn uuid(self) -> Result<[u8; 16]> {
        match self {
            Value::Uuid(value) => Ok(*value),
            Value::Text(text) => crate::types::parse_uuid(text.as_bytes()).map_or_else(|| mismatch("Uuid", self), Ok),
            other => mismatch("Uuid", other),
        }
    }

    #[cfg(feature = "decimal")]
    fn decimal(self) -> Result<rust_decimal::Decimal> {
        match self {
            Value::Decimal(value) => Ok(*value),
            Value::Text(text) => text.parse().or_else(|_| mismatch("Decimal", self)),
            other => other.i64().map(rust_decimal::Decimal::from).or_else(|_| mismatch("Decimal", other)),
        }
    }
}
