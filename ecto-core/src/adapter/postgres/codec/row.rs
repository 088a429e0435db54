//! Reading a row of the driver.

use postgres::Row;

use super::read::{Bytes, RawColumn};
use crate::error::{Error, Result, TypeError};
use crate::types::{ColumnValue, RowCursor, Value};

/// Reads a row from left to right.
pub(in crate::adapter) struct RowReader<'r> {
    row: &'r Row,
    next: usize,
}

impl<'r> RowReader<'r> {
    #[inline]
    pub(in crate::adapter) fn new(row: &'r Row) -> Self {
        RowReader { row, next: 0 }
    }

    /// Says in which column an error arose.
    #[cold]
    pub(in crate::adapter) fn locate(&self, error: Error) -> Error {
        match self.next.checked_sub(1).and_then(|at| self.row.columns().get(at)) {
            Some(column) => error.context(format!("in column `{}`", column.name())),
            None => error,
        }
    }

    pub(in crate::adapter) fn values(&mut self) -> Result<Vec<Value>> {
        let row = self.row;
        row.columns().iter().map(|column| self.next()?.value(column.type_())).collect()
    }

    pub(in crate::adapter) fn columns(&self) -> Vec<String> {
        self.row.columns().iter().map(|column| column.name().to_owned()).collect()
    }

    #[inline(always)]
    fn column(&self, at: usize) -> Result<RawColumn<'r>> {
        let row = self.row;
        match (row.columns().get(at), row.try_get::<_, Bytes<'r>>(at)) {
            (Some(column), Ok(bytes)) => Ok(RawColumn::new(column.type_(), bytes)),
            _ => Err(self.too_few()),
        }
    }

    #[cold]
    fn too_few(&self) -> Error {
        TypeError::TooFewColumns { index: self.next, found: self.row.len() }.into()
    }
}

impl RowCursor for RowReader<'_> {
    type Value<'a>
        = RawColumn<'a>
    where
        Self: 'a;

    #[inline]
    fn at(&self, index: usize) -> Result<RawColumn<'_>> {
        self.column(index)
    }

    // A call of its own would copy what was just written, in other pieces: the processor then waits for each.
    #[inline(always)]
    fn next(&mut self) -> Result<RawColumn<'_>> {
        let at = self.next;
        self.next += 1;
        self.column(at)
    }

    fn peek_null(&self, ahead: usize) -> bool {
        self.column(self.next + ahead).is_ok_and(ColumnValue::is_null)
    }

    fn skip(&mut self, count: usize) {
        self.next += count;
    }
}
