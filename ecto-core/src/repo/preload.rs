//! Associated rows of rows that were read.

use std::panic::Location;

use super::Repo;
use super::read::role_of;
use super::scope::Call;
use crate::adapter::{Command, Row, Sink};
use crate::error::Result;
use crate::query::{Joined, Loading, Preload, Preloads, Reader, Statement};
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

#[diagnostic::do_not_recommend]
impl<S: Schema> Owners for S {
    type Row = S;
    fn __collect<'o>(&'o mut self, into: &mut Vec<&'o mut S>) {
        into.push(self);
    }
}

#[diagnostic::do_not_recommend]
impl<O: Owners> Owners for [O] {
    type Row = O::Row;
    fn __collect<'o>(&'o mut self, into: &mut Vec<&'o mut O::Row>) {
        self.iter_mut().for_each(|owner| owner.__collect(into));
    }
}

#[diagnostic::do_not_recommend]
impl<O: Owners> Owners for Vec<O> {
    type Row = O::Row;
    fn __collect<'o>(&'o mut self, into: &mut Vec<&'o mut O::Row>) {
        self.as_mut_slice().__collect(into);
    }
}

#[diagnostic::do_not_recommend]
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

/// Reads for a call of the repo: behind a trait object the compiler does not know who calls.
struct ReaderFor<'r> {
    repo: &'r Repo,
    location: &'static Location<'static>,
}

impl Reader for ReaderFor<'_> {
    fn read(&self, statement: &Statement, each: &mut dyn FnMut(&mut dyn AnyRow) -> Result<()>) -> Result<()> {
        let placed = self.repo.placed(statement);
        let call = Call { command: Command::Statement(&placed), sink: &mut Visit(each), location: self.location };
        self.repo.run_call(role_of(statement), call).map(drop)
    }
}

impl Repo {
    #[track_caller]
    fn reader(&self) -> ReaderFor<'_> {
        ReaderFor { repo: self, location: Location::caller() }
    }

    /// Loads into these rows.
    #[track_caller]
    pub(super) fn load_into<O: Owners + ?Sized>(&self, owners: &mut O, preload: &dyn Preload<O::Row>, again: bool) -> Result<()> {
        preload.__check()?;
        let mut rows = Vec::new();
        owners.__collect(&mut rows);
        preload.__load(&mut rows, Loading { reader: &self.reader(), again })
    }

    /// The rows of a query whose sources fill associations of its root.
    #[track_caller]
    pub(super) fn read_joined<O>(&self, joined: &Joined<O>, statement: &Statement) -> Result<Vec<O>> {
        joined.run(statement, Loading { reader: &self.reader(), again: false })
    }

    /// Loads what a query says into the rows that it found.
    #[track_caller]
    pub(super) fn load_preloads<O>(&self, rows: &mut [O], preloads: &Preloads<O>) -> Result<()> {
        if preloads.is_empty() {
            return Ok(());
        }
        preloads.load(&mut rows.iter_mut().collect::<Vec<_>>(), Loading { reader: &self.reader(), again: false })
    }
}
