//! Reading a driver's row, one value after the other, straight into Rust types.
//!
//! An adapter implements [`ColumnValue`] for its driver's borrowed value and [`RowCursor`] for its row. Types read from
//! the first, rows ([`FromRow`]: schemas, tuples, projections) from the second. No value type stands in between.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::{SqlType, Value};
use crate::error::Result;

/// One column of one row, as the driver holds it. Each method fails if the column holds something else.
#[allow(missing_docs, clippy::missing_errors_doc, reason = "each name says it, and so does the trait")]
pub trait ColumnValue<'a>: Copy {
    fn is_null(self) -> bool;
    fn bool(self) -> Result<bool>;
    /// Any width of integer.
    fn i64(self) -> Result<i64>;
    /// Any width of float, and integers (T-07).
    fn f64(self) -> Result<f64>;
    fn text(self) -> Result<&'a str>;
    fn bytes(self) -> Result<&'a [u8]>;
    fn date(self) -> Result<NaiveDate>;
    fn time(self) -> Result<NaiveTime>;
    fn naive_datetime(self) -> Result<NaiveDateTime>;
    fn datetime(self) -> Result<DateTime<Utc>>;
    fn json(self) -> Result<serde_json::Value>;
    fn uuid(self) -> Result<[u8; 16]>;
    #[cfg(feature = "decimal")]
    fn decimal(self) -> Result<rust_decimal::Decimal>;
}

/// A row that is read from left to right.
pub trait RowCursor {
    /// The driver's value, which lives as long as the row.
    type Value<'a>: ColumnValue<'a>
    where
        Self: 'a;

    /// The column of this number, wherever the cursor stands.
    ///
    /// # Errors
    /// When there is none.
    fn at(&self, index: usize) -> Result<Self::Value<'_>>;

    /// The next column.
    ///
    /// # Errors
    /// When there is none.
    fn next(&mut self) -> Result<Self::Value<'_>>;

    /// Is the column `ahead` places from here NULL?
    fn peek_null(&self, ahead: usize) -> bool;

    /// Passes over `count` columns.
    fn skip(&mut self, count: usize);

    /// The next column as a `T`.
    ///
    /// # Errors
    /// When there is none, or it holds something else.
    // Apart from `next`, because a struct literal with `T::decode(row.next()?)?` in tail position does not borrow-check.
    #[inline(always)]
    fn read<T: SqlType>(&mut self) -> Result<T> {
        let value = self.next()?;
        T::decode(value)
    }

    /// What is known of a field that has no column.
    #[doc(hidden)]
    #[inline(always)]
    fn __known(&mut self, _field: u16) -> Option<Value> {
        None
    }
}

/// A type that a result row can be read into: schemas, column types, tuples, derived projections, `Option` of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a row",
    label = "not a schema, a column type or a tuple of these",
    note = "derive `Schema` for a table, or `Projection` for the result of a select"
)]
pub trait FromRow: Sized {
    /// How many columns it takes.
    const WIDTH: usize;

    /// Reads one.
    ///
    /// # Errors
    /// When a column holds something else.
    fn from_row<C: RowCursor>(row: &mut C) -> Result<Self>;

    /// Reads one that an outer join may have left empty.
    ///
    /// # Errors
    /// When a column holds something else.
    fn from_row_opt<C: RowCursor>(row: &mut C) -> Result<Option<Self>>;
}

#[diagnostic::do_not_recommend]
impl<T: FromRow> FromRow for Option<T> {
    const WIDTH: usize = T::WIDTH;

    #[inline(always)]
    fn from_row<C: RowCursor>(row: &mut C) -> Result<Self> {
        T::from_row_opt(row)
    }

    #[inline(always)]
    fn from_row_opt<C: RowCursor>(row: &mut C) -> Result<Option<Self>> {
        T::from_row_opt(row).map(Some)
    }
}

/// Reads a `T` that an outer join may have left empty, which it did if the column so many places from here is NULL.
///
/// # Errors
/// When a column holds something else.
pub fn unless_null<T: FromRow, C: RowCursor>(row: &mut C, ahead: usize) -> Result<Option<T>> {
    if row.peek_null(ahead) {
        row.skip(T::WIDTH);
        return Ok(None);
    }
    T::from_row(row).map(Some)
}

/// The same for a `T` of which no column says so alone: if all of them are NULL.
///
/// # Errors
/// When a column holds something else.
pub fn unless_all_null<T: FromRow, C: RowCursor>(row: &mut C) -> Result<Option<T>> {
    if (0..T::WIDTH).all(|ahead| row.peek_null(ahead)) {
        row.skip(T::WIDTH);
        return Ok(None);
    }
    T::from_row(row).map(Some)
}

/// `FromRow` for a scalar: one column.
#[doc(hidden)]
#[macro_export]
macro_rules! __scalar_from_row {
    ($($type:ty),* $(,)?) => {$(
        impl $crate::types::FromRow for $type {
            const WIDTH: usize = 1;
            #[inline(always)]
            fn from_row<C: $crate::types::RowCursor>(row: &mut C) -> $crate::Result<Self> {
                row.read::<$type>()
            }
            #[inline(always)]
            fn from_row_opt<C: $crate::types::RowCursor>(row: &mut C) -> $crate::Result<Option<Self>> {
                row.read::<Option<$type>>()
            }
        }
    )*};
}

macro_rules! tuple_from_row {
    ($($part:ident),*) => {
        #[diagnostic::do_not_recommend]
        impl<$($part: FromRow),*> FromRow for ($($part,)*) {
            const WIDTH: usize = 0 $(+ $part::WIDTH)*;
            #[inline(always)]
            fn from_row<Row: RowCursor>(row: &mut Row) -> Result<Self> {
                Ok(($($part::from_row(row)?,)*))
            }
            fn from_row_opt<Row: RowCursor>(row: &mut Row) -> Result<Option<Self>> {
                unless_all_null(row)
            }
        }
    };
}
tuple_from_row!(A);
tuple_from_row!(A, B);
tuple_from_row!(A, B, C);
tuple_from_row!(A, B, C, D);
tuple_from_row!(A, B, C, D, E);
tuple_from_row!(A, B, C, D, E, F);
tuple_from_row!(A, B, C, D, E, F, G);
tuple_from_row!(A, B, C, D, E, F, G, H);

/// The value that no row has.
#[derive(Debug, Clone, Copy)]
pub enum NoValue {}

impl<'a> ColumnValue<'a> for NoValue {
    fn is_null(self) -> bool {
        match self {}
    }
    fn bool(self) -> Result<bool> {
        match self {}
    }
    fn i64(self) -> Result<i64> {
        match self {}
    }
    fn f64(self) -> Result<f64> {
        match self {}
    }
    fn text(self) -> Result<&'a str> {
        match self {}
    }
    fn bytes(self) -> Result<&'a [u8]> {
        match self {}
    }
    fn date(self) -> Result<NaiveDate> {
        match self {}
    }
    fn time(self) -> Result<NaiveTime> {
        match self {}
    }
    fn naive_datetime(self) -> Result<NaiveDateTime> {
        match self {}
    }
    fn datetime(self) -> Result<DateTime<Utc>> {
        match self {}
    }
    fn json(self) -> Result<serde_json::Value> {
        match self {}
    }
    fn uuid(self) -> Result<[u8; 16]> {
        match self {}
    }
    #[cfg(feature = "decimal")]
    fn decimal(self) -> Result<rust_decimal::Decimal> {
        match self {}
    }
}
