//! A row of whichever driver, behind a trait object: what crosses from an adapter to a layer that may not know one.
//!
//! A query knows its result type and reads each row in the code of its driver alone. A preload is a trait object, so nobody
//! who knows the driver knows its type; it reads through one virtual call for each column.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::{ColumnValue, FromRow, Kind, RowCursor, SqlType, Value};
use crate::error::Result;

/// A row as [`Reader`](crate::query::Reader) hands it over. Every [`RowCursor`] is one; it is read by [`load_any`].
#[allow(missing_docs, clippy::missing_errors_doc, reason = "the methods are those of ColumnValue, with the number of the column")]
pub trait AnyRow {
    fn is_null(&self, at: usize) -> bool;
    fn bool(&self, at: usize) -> Result<bool>;
    fn i64(&self, at: usize) -> Result<i64>;
    fn f64(&self, at: usize) -> Result<f64>;
    fn text(&self, at: usize) -> Result<&str>;
    fn bytes(&self, at: usize) -> Result<&[u8]>;
    fn date(&self, at: usize) -> Result<NaiveDate>;
    fn time(&self, at: usize) -> Result<NaiveTime>;
    fn naive_datetime(&self, at: usize) -> Result<NaiveDateTime>;
    fn datetime(&self, at: usize) -> Result<DateTime<Utc>>;
    fn json(&self, at: usize) -> Result<serde_json::Value>;
    fn uuid(&self, at: usize) -> Result<[u8; 16]>;
    #[cfg(feature = "decimal")]
    fn decimal(&self, at: usize) -> Result<rust_decimal::Decimal>;
    /// So many columns were read: an error is that of the last of them.
    fn pass(&mut self, count: usize);
}

/// The methods of a value, once for the trait object and once for what reads through it.
macro_rules! forward {
    ($($(#[$gate:meta])* $method:ident: $type:ty),* $(,)?) => {
        impl<C: RowCursor> AnyRow for C {
            fn is_null(&self, at: usize) -> bool {
                self.at(at).is_ok_and(ColumnValue::is_null)
            }
            fn text(&self, at: usize) -> Result<&str> {
                self.at(at)?.text()
            }
            fn bytes(&self, at: usize) -> Result<&[u8]> {
                self.at(at)?.bytes()
            }
            $($(#[$gate])* fn $method(&self, at: usize) -> Result<$type> {
                self.at(at)?.$method()
            })*
            fn pass(&mut self, count: usize) {
                self.skip(count);
            }
        }

        impl<'a> ColumnValue<'a> for AnyValue<'a> {
            fn is_null(self) -> bool {
                self.row.is_null(self.at)
            }
            fn text(self) -> Result<&'a str> {
                self.row.text(self.at)
            }
            fn bytes(self) -> Result<&'a [u8]> {
                self.row.bytes(self.at)
            }
            $($(#[$gate])* fn $method(self) -> Result<$type> {
                self.row.$method(self.at)
            })*
        }
    };
}
forward!(
    bool: bool,
    i64: i64,
    f64: f64,
    date: NaiveDate,
    time: NaiveTime,
    naive_datetime: NaiveDateTime,
    datetime: DateTime<Utc>,
    json: serde_json::Value,
    uuid: [u8; 16],
    #[cfg(feature = "decimal")]
    decimal: rust_decimal::Decimal,
);

/// Reads a row of any driver from left to right.
struct AnyCursor<'r> {
    row: &'r (dyn AnyRow + 'r),
    next: usize,
}

/// One column of a row of any driver.
#[derive(Clone, Copy)]
struct AnyValue<'a> {
    row: &'a (dyn AnyRow + 'a),
    at: usize,
}

impl RowCursor for AnyCursor<'_> {
    type Value<'a>
        = AnyValue<'a>
    where
        Self: 'a;

    fn at(&self, index: usize) -> Result<AnyValue<'_>> {
        Ok(AnyValue { row: self.row, at: index })
    }

    fn next(&mut self) -> Result<AnyValue<'_>> {
        self.next += 1;
        self.at(self.next - 1)
    }

    fn peek_null(&self, ahead: usize) -> bool {
        self.row.is_null(self.next + ahead)
    }

    fn skip(&mut self, count: usize) {
        self.next += count;
    }
}

/// Reads a whole row, from its first column on, however often it was read before.
///
/// # Errors
/// When a column holds something else than its field, or there are too few.
pub fn load_any<T: FromRow>(row: &mut dyn AnyRow) -> Result<T> {
    load_any_from(row, 0)
}

/// The same from the column of this number on, which is the first of a `T`.
///
/// # Errors
/// As of [`load_any`].
pub fn load_any_from<T: FromRow>(row: &mut dyn AnyRow, first: usize) -> Result<T> {
    let mut cursor = AnyCursor { row: &*row, next: first };
    let loaded = T::from_row(&mut cursor);
    let count = cursor.next;
    if loaded.is_err() {
        row.pass(count);
    }
    loaded
}

/// Reads the column of this number.
///
/// # Errors
/// When it holds something else, or there is none.
pub fn load_column<T: SqlType>(row: &mut dyn AnyRow, at: usize) -> Result<T> {
    let loaded = T::decode(AnyValue { row: &*row, at });
    if loaded.is_err() {
        row.pass(at + 1);
    }
    loaded
}

/// Reads the column of this number as a value of this kind.
///
/// # Errors
/// When it holds something else, or there is none.
pub fn load_value(row: &mut dyn AnyRow, at: usize, kind: Kind) -> Result<Value> {
    let loaded = value_of(row, at, kind);
    if loaded.is_err() {
        row.pass(at + 1);
    }
    loaded
}

fn value_of(row: &dyn AnyRow, at: usize, kind: Kind) -> Result<Value> {
    if row.is_null(at) {
        return Ok(Value::Null);
    }
    match kind {
        Kind::Bool => row.bool(at).map(Value::Bool),
        Kind::I16 => i16::decode(AnyValue { row, at }).map(Value::I16),
        Kind::I32 => i32::decode(AnyValue { row, at }).map(Value::I32),
        Kind::I64 => row.i64(at).map(Value::I64),
        Kind::F32 => f32::decode(AnyValue { row, at }).map(Value::F32),
        Kind::F64 => row.f64(at).map(Value::F64),
        Kind::Text => row.text(at).map(|text| Value::Text(text.to_owned().into())),
        Kind::Bytes => row.bytes(at).map(|bytes| Value::Bytes(bytes.into())),
        Kind::Date => row.date(at).map(Value::Date),
        Kind::Time => row.time(at).map(Value::Time),
        Kind::NaiveDateTime => row.naive_datetime(at).map(Value::NaiveDateTime),
        Kind::DateTime => row.datetime(at).map(Value::DateTime),
        Kind::Json => row.json(at).map(|json| Value::Json(Box::new(json))),
        Kind::Uuid => row.uuid(at).map(Value::Uuid),
        #[cfg(feature = "decimal")]
        Kind::Decimal => row.decimal(at).map(Value::Decimal),
        #[cfg(not(feature = "decimal"))]
        Kind::Decimal => row.text(at).map(|text| Value::Text(text.to_owned().into())),
    }
}
