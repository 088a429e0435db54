//! Where the rows of a statement go.

use super::one_row::OneRow;
use super::pending::Fields;
use crate::adapter::{Row, Sink};
use crate::error::{RepoError, Result};
use crate::types::{FromRow, Value, load_value};

/// All of them.
pub(super) struct All<O>(pub(super) Vec<O>);

impl<O: FromRow> Sink for All<O> {
    #[inline]
    fn row(&mut self, row: Row<'_>) -> Result<()> {
        row.push_to(&mut self.0)
    }

    fn expect(&mut self, rows: usize) {
        self.0.reserve_exact(rows);
    }
}

/// At most one; a second is an error.
pub(super) struct AtMostOne<O>(pub(super) Option<O>);

impl<O: FromRow> Sink for AtMostOne<O> {
    #[inline]
    fn row(&mut self, row: Row<'_>) -> Result<()> {
        if self.0.is_some() {
            return Err(RepoError::MultipleResults.into());
        }
        self.0 = Some(row.load()?);
        Ok(())
    }
}

/// The first; whoever asks knows that there is no second.
pub(super) struct TheOnly<O>(pub(super) Option<O>);

impl<O: FromRow> Sink for TheOnly<O> {
    #[inline]
    fn row(&mut self, row: Row<'_>) -> Result<()> {
        if self.0.is_none() {
            self.0 = Some(row.load()?);
        }
        Ok(())
    }

    fn is_full(&self) -> bool {
        self.0.is_some()
    }
}

/// Whether there is one.
pub(super) struct Any(pub(super) bool);

impl Sink for Any {
    fn row(&mut self, _row: Row<'_>) -> Result<()> {
        self.0 = true;
        Ok(())
    }

    fn is_full(&self) -> bool {
        self.0
    }
}

/// What a write returned, by its fields.
pub(super) struct Returned<'r, 'v> {
    row: &'r OneRow<'v>,
    pub(super) values: Fields,
}

impl<'r, 'v> Returned<'r, 'v> {
    pub(super) fn of(row: &'r OneRow<'v>) -> Self {
        Returned { row, values: Fields::new() }
    }
}

impl Sink for Returned<'_, '_> {
    fn row(&mut self, row: Row<'_>) -> Result<()> {
        let (fields, returned) = (self.row.meta().fields, self.row.returned());
        self.values.clear();
        row.visit(&mut |row| {
            for (at, field) in returned.iter().enumerate() {
                self.values.push((*field, load_value(row, at, fields[usize::from(*field)].kind)?));
            }
            Ok(())
        })
    }
}

/// The values of one row, whatever they are.
pub(super) struct Values {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<Value>>,
}

impl Sink for Values {
    fn row(&mut self, row: Row<'_>) -> Result<()> {
        if self.rows.is_empty() {
            self.columns = row.columns();
        }
        self.rows.push(row.values()?);
        Ok(())
    }
}
