//! Reading a row of rusqlite.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use rusqlite::Row;
use rusqlite::types::ValueRef;

use crate::error::{Error, Result, TypeError};
use crate::types::{ColumnValue, RowCursor, Value, parse_date, parse_time, parse_utc, parse_uuid};

/// Reads a row from left to right.
pub(in crate::adapter) struct RowReader<'r> {
    row: &'r Row<'r>,
    next: usize,
}

impl<'r> RowReader<'r> {
    #[inline]
    pub(in crate::adapter) fn new(row: &'r Row<'r>) -> Self {
        RowReader { row, next: 0 }
    }

    /// Says in which column an error arose.
    #[cold]
    pub(in crate::adapter) fn locate(&self, error: Error) -> Error {
        let column = self.next.checked_sub(1).and_then(|at| self.row.as_ref().column_name(at).ok());
        match column {
            Some(name) => error.context(format!("in column `{name}`")),
            None => error,
        }
    }

    pub(in crate::adapter) fn values(&mut self) -> Result<Vec<Value>> {
        (0..self.row.as_ref().column_count())
            .map(|_| {
                let value = self.next()?;
                to_value(value)
            })
            .collect()
    }

    pub(in crate::adapter) fn columns(&self) -> Vec<String> {
        self.row.as_ref().column_names().map(str::to_owned).collect()
    }

    #[cold]
    fn too_few(&self) -> Error {
        TypeError::TooFewColumns { index: self.next, found: self.row.as_ref().column_count() }.into()
    }
}

impl RowCursor for RowReader<'_> {
    type Value<'a>
        = ValueRef<'a>
    where
        Self: 'a;

    #[inline]
    fn at(&self, index: usize) -> Result<ValueRef<'_>> {
        self.row.get_ref(index).map_err(|_out_of_bounds| self.too_few())
    }

    // A call of its own would copy what was just written, in other pieces: the processor then waits for each.
    #[inline(always)]
    fn next(&mut self) -> Result<ValueRef<'_>> {
        let at = self.next;
        self.next += 1;
        self.row.get_ref(at).map_err(|_out_of_bounds| self.too_few())
    }

    fn peek_null(&self, ahead: usize) -> bool {
        matches!(self.row.get_ref(self.next + ahead), Ok(ValueRef::Null) | Err(_))
    }

    fn skip(&mut self, count: usize) {
        self.next += count;
    }
}

fn to_value(value: ValueRef<'_>) -> Result<Value> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(x) => Value::I64(x),
        ValueRef::Real(x) => Value::F64(x),
        ValueRef::Text(_) => Value::Text(value.text()?.to_owned().into()),
        ValueRef::Blob(x) => Value::Bytes(x.into()),
    })
}

fn class(value: ValueRef<'_>) -> &'static str {
    match value {
        ValueRef::Null => "NULL",
        ValueRef::Integer(_) => "an INTEGER",
        ValueRef::Real(_) => "a REAL",
        ValueRef::Text(_) => "a TEXT",
        ValueRef::Blob(_) => "a BLOB",
    }
}

#[cold]
fn mismatch<T>(expected: &'static str, value: ValueRef<'_>) -> Result<T> {
    match value {
        ValueRef::Null => Err(TypeError::UnexpectedNull { expected }.into()),
        other => Err(TypeError::Mismatch { expected, found: class(other).to_owned() }.into()),
    }
}

/// A text that is not of the form that the type has: the text itself stays out of the error, for it may be secret.
#[cold]
fn malformed<T>(expected: &'static str) -> Result<T> {
    Err(TypeError::Mismatch { expected, found: "a TEXT of another form".to_owned() }.into())
}

/// Reads a TEXT by a parser that answers with an `Option`.
macro_rules! from_text {
    ($name:ident, $type:ty, $expected:literal, $parse:expr) => {
        #[inline]
        fn $name(self) -> Result<$type> {
            match self {
                ValueRef::Text(text) => $parse(text).map_or_else(|| malformed($expected), Ok),
                other => mismatch($expected, other),
            }
        }
    };
}

impl<'a> ColumnValue<'a> for ValueRef<'a> {
    #[inline]
    fn is_null(self) -> bool {
        matches!(self, ValueRef::Null)
    }

    #[inline]
    fn bool(self) -> Result<bool> {
        match self {
            ValueRef::Integer(value) => Ok(value != 0),
            other => mismatch("bool", other),
        }
    }

    #[inline]
    fn i64(self) -> Result<i64> {
        match self {
            ValueRef::Integer(value) => Ok(value),
            other => mismatch("an integer", other),
        }
    }

    #[inline]
    fn f64(self) -> Result<f64> {
        match self {
            ValueRef::Real(value) => Ok(value),
            ValueRef::Integer(value) => Ok(value as f64),
            other => mismatch("a float", other),
        }
    }

    #[inline]
    fn text(self) -> Result<&'a str> {
        match self {
            ValueRef::Text(text) => match std::str::from_utf8(text) {
                Ok(text) => Ok(text),
                Err(_not_utf8) => malformed("String"),
            },
            other => mismatch("String", other),
        }
    }

    #[inline]
    fn bytes(self) -> Result<&'a [u8]> {
        match self {
            ValueRef::Blob(bytes) | ValueRef::Text(bytes) => Ok(bytes),
            other => mismatch("Vec<u8>", other),
        }
    }

    from_text!(date, NaiveDate, "NaiveDate", parse_date);
    from_text!(time, NaiveTime, "NaiveTime", parse_time);
    from_text!(naive_datetime, NaiveDateTime, "NaiveDateTime", |text| parse_utc(text).map(|at| at.naive_utc()));
    from_text!(datetime, DateTime<Utc>, "DateTime<Utc>", parse_utc);
    from_text!(json, serde_json::Value, "serde_json::Value", |text| serde_json::from_slice(text).ok());

    #[inline]
    fn uuid(self) -> Result<[u8; 16]> {
        match self {
            ValueRef::Text(text) => parse_uuid(text).map_or_else(|| malformed("Uuid"), Ok),
            ValueRef::Blob(bytes) => bytes.try_into().or_else(|_another_length| mismatch("Uuid", self)),
            other => mismatch("Uuid", other),
        }
    }

    #[cfg(feature = "decimal")]
    fn decimal(self) -> Result<rust_decimal::Decimal> {
        use rust_decimal::Decimal;
        match self {
            ValueRef::Text(text) => crate::adapter::sqlite::codec::parse_decimal(text).map_or_else(|| malformed("Decimal"), Ok),
            ValueRef::Integer(value) => Ok(Decimal::from(value)),
            ValueRef::Real(value) => Decimal::try_from(value).or_else(|_out_of_range| mismatch("Decimal", self)),
            other => mismatch("Decimal", other),
        }
    }
}
