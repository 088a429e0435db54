//! One row of whichever driver, for code that does not care which.

use crate::error::Result;
use crate::types::{AnyRow, FromRow, Value};

use super::recorded::ValueRow;

/// A row, borrowed from the driver. Reading it is one branch, then the code of that driver alone.
#[non_exhaustive]
#[derive(Clone, Copy)]
pub enum Row<'a> {
    #[cfg(feature = "sqlite")]
    #[doc(hidden)]
    Sqlite(&'a rusqlite::Row<'a>),
    #[cfg(feature = "postgres")]
    #[doc(hidden)]
    Postgres(&'a postgres::Row),
    /// Values that are there already: of the recorder, or of a raw query.
    Values(&'a [Value]),
}

/// The same expression for each driver, with its cursor.
macro_rules! with_cursor {
    ($row:expr, $cursor:ident => $body:expr) => {
        match $row {
            #[cfg(feature = "sqlite")]
            Row::Sqlite(row) => {
                let $cursor = &mut super::sqlite::RowReader::new(row);
                $body
            }
            #[cfg(feature = "postgres")]
            Row::Postgres(row) => {
                let $cursor = &mut super::postgres::RowReader::new(row);
                $body
            }
            Row::Values(row) => {
                let $cursor = &mut ValueRow::new(row);
                $body
            }
        }
    };
}

impl Row<'_> {
    /// Reads a whole row.
    ///
    /// # Errors
    /// When a column holds something else than its field; the text names the column.
    #[inline]
    pub fn load<T: FromRow>(self) -> Result<T> {
        with_cursor!(self, cursor => T::from_row(cursor).map_err(|error| cursor.locate(error)))
    }

    /// Reads a whole row to the end of a list.
    ///
    /// Apart from [`load`](Row::load), whose result is moved once more: with that, many rows take a tenth longer.
    ///
    /// # Errors
    /// When a column holds something else than its field; the text names the column.
    #[inline]
    pub fn push_to<T: FromRow>(self, list: &mut Vec<T>) -> Result<()> {
        with_cursor!(self, cursor => match T::from_row(cursor) {
            Ok(row) => {
                list.push(row);
                Ok(())
            }
            Err(error) => Err(cursor.locate(error)),
        })
    }

    /// Hands the row to code that may not know its driver.
    ///
    /// # Errors
    /// What that said; the text names the column.
    pub fn visit(self, each: &mut dyn FnMut(&mut dyn AnyRow) -> Result<()>) -> Result<()> {
        with_cursor!(self, cursor => each(cursor).map_err(|error| cursor.locate(error)))
    }

    /// The row as values, by what the database says their types are: for statements whose result nobody declared.
    ///
    /// # Errors
    /// When a column is of a type that no [`Value`] can hold.
    pub fn values(self) -> Result<Vec<Value>> {
        with_cursor!(self, cursor => cursor.values())
    }

    /// The names of the columns.
    #[must_use]
    pub fn columns(self) -> Vec<String> {
        with_cursor!(self, cursor => cursor.columns())
    }
}
