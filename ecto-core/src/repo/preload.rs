//! Associated rows of rows that were read.

use super::Repo;
use super::read::role_of;
use crate::adapter::{Command, Row, Sink};
use crate::error::Result;
use crate::query::{Loading, Preload, Preloads, Reader, Statement};
use crate::schema::Schema;
use crate::types::AnyRow;

/// What [`Repo::preload`] fills: a row, an `Option`, a `Vec` or a slice of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row of a schema, nor a list of them",
    label = "expected a schema, or an `Option`, a `Vec` or a slice of one"
)]
pub trait Owners {
    /// What a row is.
    type Row;
    #[doc(hidden)]
    fn __collect<'o>(&'o mut self, into: &mut Vec<&'o mut Self::Row>);
}

impl<S: Schema> Owners for S {
    type Row = S;
    fn __collect<'o>(&'o mut self, into: &mut Vec<&'o mut S>) {
        into.push(self);
    }
}

impl<O: Owners> Owners for [O] {
    type Row = O::Row;
    fn __collect<'o>(&'o mut self, into: &mut Vec<&'o mut O::Row>) {
        self.iter_mut().for_each(|owner| owner.__collect(into));
    }
}

impl<O: Owners> Owners for Vec<O> {
    type Row = O::Row;
    fn __collect<'o>(&'o mut self, into: &mut Vec<&'o mut O::Row>) {
        self.as_mut_slice().__collect(into);
    }
}

impl<O: Owners> Owners for Option<O> {
    type Row = O::Row;
    fn __collect<'o>(&'o mut self, into: &mut Vec<&'o mut O::Row>) {
        self.as_mut_slice().__collect(into);
    }
}

/// Hands each row on.
struct Visit<'e>(&'e mut dyn FnMut(&mut dyn AnyRow) -> Result<()>);

impl Sink for Visit<'_> {
    fn row(&mut self, row: Row<'_>) -> Result<()> {
        row.visit(self.0)
    }
}

impl Reader for Repo {
    fn read(&self, statement: &Statement, each: &mut dyn FnMut(&mut dyn AnyRow) -> Result<()>) -> Result<()> {
        self.run(role_of(statement), Command::Statement(&self.placed(statement)), &mut Visit(each)).map(drop)
    }
}

impl Repo {
    /// Loads into these rows.
    pub(super) fn load_into<O: Owners + ?Sized>(&self, owners: &mut O, preload: &dyn Preload<O::Row>, again: bool) -> Result<()> {
        let mut rows = Vec::new();
        owners.__collect(&mut rows);
        preload.__load(&mut rows, Loading { reader: self, again })
    }

    /// Loads what a query says into the rows that it found.
    pub(super) fn load_preloads<O>(&self, rows: &mut [O], preloads: &Preloads<O>) -> Result<()> {
        if preloads.is_empty() {
            return Ok(());
        }
        preloads.load(&mut rows.iter_mut().collect::<Vec<_>>(), Loading { reader: self, again: false })
    }
}
