//! Where the rows of a statement go.

use super::pending::Fields;
use crate::adapter::{Row, Sink};
use crate::error::{RepoError, Result};
use crate::query::Statement;
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
pub(super) struct Returned<'s> {
    statement: &'s Statement,
    pub(super) values: Fields,
}

impl<'s> Returned<'s> {
    pub(super) fn of(statement: &'s Statement) -> Self {
        Returned { statement, values: Fields::new() }
    }
}

impl Sink for Returned<'_> {
    fn row(&mut self, row: Row<'_>) -> Result<()> {
        let (meta, returned) = (self.statement.root(), &self.statement.select.tokens);
        self.values.clear();
        row.visit(&mut |row| {
            for (at, token) in returned.iter().enumerate() {
                let Some(field) = meta.fields.get(usize::from(token.arg)) else { continue };
                self.values.push((token.arg, load_value(row, at, field.kind)?));
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
