//! Inserting many rows.

use std::marker::PhantomData;

use super::Repo;
use super::cells::{Cells, RowFields};
use super::pending::{generated_at_insert, is_sent};
use super::statement::assign_columns;
use crate::adapter::{Bulk, Command, Role};
use crate::changeset::Changeset;
use crate::error::{Error, RepoError, Result};
use crate::query::{Statement, Verb};
use crate::schema::{Autogenerate, Schema, SchemaMeta};
use crate::types::{Nothing, Param, Value};

/// What `insert_all` takes: `User::rows(..)`, or a list of changesets of new rows.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be inserted as rows of `{S}`",
    label = "expected `{S}::rows((fields), rows)` or a `Vec<Changeset<{S}>>`"
)]
pub trait IntoRows<S: Schema> {
    #[doc(hidden)]
    #[track_caller]
    fn __insert_into(self, repo: &Repo) -> Result<u64>;
}

/// Rows of values for some fields of `S`. Made by `User::rows(..)`; texts are borrowed until they are sent.
#[must_use = "rows do nothing until a repo inserts them"]
pub struct Rows<S, R> {
    columns: Vec<u16>,
    rows: Vec<R>,
    cell: fn(&R, usize) -> Param<'_>,
    schema: PhantomData<fn() -> S>,
}

impl<S: Schema, R> Rows<S, R> {
    /// The function behind `User::rows`.
    #[doc(hidden)]
    pub fn new<F: RowFields<S>>(fields: F, rows: impl IntoIterator<Item = R>) -> Self
    where
        R: Cells<F>,
    {
        Rows { columns: fields.__numbers(), rows: rows.into_iter().collect(), cell: R::__cell, schema: PhantomData }
    }
}

#[diagnostic::do_not_recommend]
impl<S: Schema, R: Sync> IntoRows<S> for Rows<S, R> {
    fn __insert_into(self, repo: &Repo) -> Result<u64> {
        let given = Given { rows: &self.rows, width: self.columns.len(), cell: self.cell };
        repo.insert_rows(S::META, &self.columns, &given)
    }
}

#[diagnostic::do_not_recommend]
impl<S: Schema> IntoRows<S> for Vec<Changeset<S>> {
    fn __insert_into(self, repo: &Repo) -> Result<u64> {
        let mut rows = Vec::with_capacity(self.len());
        for (at, mut changeset) in self.into_iter().enumerate() {
            if !changeset.is_new() {
                return Err(RepoError::NotNew { schema: S::META.name }.into());
            }
            changeset.require_present();
            if !changeset.is_valid() {
                let invalid = Error::from(crate::changeset::WriteError::from(changeset));
                return Err(invalid.context(format!("row {at}")));
            }
            rows.push(row_of(changeset));
        }
        repo.insert_runs(S::META, &rows)
    }
}

#[diagnostic::do_not_recommend]
impl<S: Schema> IntoRows<S> for Vec<Nothing> {
    fn __insert_into(self, _repo: &Repo) -> Result<u64> {
        Ok(0)
    }
}

#[diagnostic::do_not_recommend]
impl<S: Schema, const N: usize> IntoRows<S> for [Changeset<S>; N] {
    fn __insert_into(self, repo: &Repo) -> Result<u64> {
        Vec::from(self).__insert_into(repo)
    }
}

/// A row of values, with the fields that they are for.
type OwnedRow = Vec<(u16, Value)>;

fn row_of<S: Schema>(mut changeset: Changeset<S>) -> OwnedRow {
    let generated = generated_at_insert(S::META, changeset.changes());
    let mut row: OwnedRow = changeset.take_changes().chain(generated).filter(|(field, _)| is_sent(S::META, Verb::Insert, *field)).collect();
    row.sort_unstable_by_key(|(field, _)| *field);
    row
}

/// The rows as they were given.
struct Given<'r, R> {
    rows: &'r [R],
    width: usize,
    cell: fn(&R, usize) -> Param<'_>,
}

impl<R: Sync> Bulk for Given<'_, R> {
    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn width(&self) -> usize {
        self.width
    }

    #[inline]
    fn param(&self, row: usize, column: usize) -> Param<'_> {
        (self.cell)(&self.rows[row], column)
    }
}

/// Rows with further columns behind them that were not given.
struct Filled<'r> {
    given: &'r dyn Bulk,
    columns: Vec<Filling>,
}

/// A further column.
enum Filling {
    /// The same in each row: a default, one reading of the clock.
    Same(Value),
    /// One for each row: a key.
    Each(Vec<Value>),
}

impl Bulk for Filled<'_> {
    fn rows(&self) -> usize {
        self.given.rows()
    }

    fn width(&self) -> usize {
        self.given.width() + self.columns.len()
    }

    #[inline]
    fn param(&self, row: usize, column: usize) -> Param<'_> {
        match column.checked_sub(self.given.width()) {
            None => self.given.param(row, column),
            Some(further) => match &self.columns[further] {
                Filling::Same(value) => value.as_param(),
                Filling::Each(values) => values[row].as_param(),
            },
        }
    }
}

/// Rows that have the same fields.
struct Run<'r>(&'r [OwnedRow]);

impl Bulk for Run<'_> {
    fn rows(&self) -> usize {
        self.0.len()
    }

    fn width(&self) -> usize {
        self.0.first().map_or(0, Vec::len)
    }

    #[inline]
    fn param(&self, row: usize, column: usize) -> Param<'_> {
        self.0[row][column].1.as_param()
    }
}

/// The fields that were not given and fill themselves, with what fills them.
fn fillings(meta: &SchemaMeta, columns: &[u16], rows: usize) -> Vec<(u16, Filling)> {
    // The values of the given columns do not matter here, only that they are given.
    let given: OwnedRow = columns.iter().map(|column| (*column, Value::Null)).collect();
    let one = generated_at_insert(meta, &given);
    let filled = one.into_iter().map(|(field, value)| {
        let filling = match meta.fields[usize::from(field)].autogenerate {
            Some(Autogenerate::Insert(make)) => Filling::Each((0..rows).map(|_| make()).collect()),
            _ => Filling::Same(value),
        };
        (field, filling)
    });
    filled.collect()
}

impl Repo {
    #[track_caller]
    fn insert_rows(&self, meta: &'static SchemaMeta, columns: &[u16], given: &dyn Bulk) -> Result<u64> {
        if given.rows() == 0 {
            return Ok(0);
        }
        let (further, fillings): (Vec<u16>, Vec<Filling>) = fillings(meta, columns, given.rows()).into_iter().unzip();
        let all: Vec<u16> = columns.iter().copied().chain(further).collect();
        self.insert_bulk(meta, &all, &Filled { given, columns: fillings })
    }

    /// Rows of different fields: one statement for each run of rows that have the same, and one transaction around all.
    #[track_caller]
    fn insert_runs(&self, meta: &'static SchemaMeta, rows: &[OwnedRow]) -> Result<u64> {
        let runs: Vec<&[OwnedRow]> = rows.chunk_by(|a, b| a.iter().map(|(field, _)| field).eq(b.iter().map(|(field, _)| field))).collect();
        if runs.len() <= 1 {
            return self.insert_each(meta, &runs);
        }
        let open = self.begin()?;
        let done = open.repo().insert_each(meta, &runs);
        open.end_with(done)
    }

    #[track_caller]
    fn insert_each(&self, meta: &'static SchemaMeta, runs: &[&[OwnedRow]]) -> Result<u64> {
        let mut done = 0;
        for run in runs {
            let columns: Vec<u16> = run.first().into_iter().flatten().map(|(field, _)| *field).collect();
            done += self.insert_bulk(meta, &columns, &Run(run))?;
        }
        Ok(done)
    }

    /// Rows that have the same fields: all or none.
    #[track_caller]
    fn insert_bulk(&self, meta: &'static SchemaMeta, columns: &[u16], rows: &dyn Bulk) -> Result<u64> {
        let mut statement = Statement::new(Verb::Insert, meta);
        assign_columns(&mut statement, columns);
        let statement = self.placed(&statement);
        let insert = Command::Bulk(&statement, rows);
        if self.in_transaction() || rows.rows() == 1 || self.adapter().capabilities().atomic_bulk {
            return self.run(Role::Writer, insert, &mut ());
        }
        let open = self.begin()?;
        let done = open.repo().run(Role::Writer, insert, &mut ());
        open.end_with(done)
    }
}
