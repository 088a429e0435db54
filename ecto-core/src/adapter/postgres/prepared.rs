//! One question to the server: its text, its parameters, and its rows.

use std::ops::Range;

use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{ToSql, Type};
use postgres::{Client, Statement as DriverStatement};
use smallvec::SmallVec;

use super::bulk::{Batch, array_type};
use super::codec::{Bound, Column};
use super::connection::Answer;
use super::dialect::DIALECT;
use super::runtime::blocking;
use super::{fault, untyped};
use crate::adapter::statements::Key;
use crate::adapter::{Bulk, Outline, sql};
use crate::error::{AdapterError, Result};
use crate::query::Statement;
use crate::types::{Param, Value};

/// A statement that the server keeps.
pub(super) struct Prepared(pub(super) DriverStatement);

/// What is asked.
pub(super) enum Query<'a> {
    Statement(&'a Statement),
    /// With its parameters apart.
    Given(&'a Statement, &'a [Param<'a>]),
    Outline(Outline, &'a [Param<'a>]),
    /// Some rows of a bulk insert, as one array for each column, which are of these types.
    Batch {
        statement: &'a Statement,
        types: &'a [Type],
        batch: Batch<'a>,
    },
    /// One row of a bulk insert.
    Row {
        statement: &'a Statement,
        rows: &'a dyn Bulk,
        row: usize,
    },
    Raw(&'a str, &'a [Value]),
}

type Params<'p> = SmallVec<[&'p (dyn ToSql + Sync); 8]>;

impl Prepared {
    /// Has the server prepare a statement.
    ///
    /// # Errors
    /// When it cannot be written, or the server refuses it.
    pub(super) fn new(client: &mut Client, query: &Query<'_>) -> Result<Self> {
        let sql = query.sql()?;
        blocking(|| client.prepare(&sql)).map(Prepared).map_err(fault::error)
    }
}

impl<'a> Query<'a> {
    /// What it is remembered by.
    pub(super) fn key(&self) -> Key<'a> {
        match self {
            Query::Statement(statement) | Query::Given(statement, _) | Query::Row { statement, .. } => Key::Shape(statement, &[]),
            Query::Outline(outline, _) => Key::Outline(*outline),
            Query::Batch { statement, .. } => Key::Bulk(statement),
            Query::Raw(sql, _) => Key::Text(sql),
        }
    }

    fn sql(&self) -> Result<String> {
        match self {
            Query::Statement(statement) | Query::Given(statement, _) | Query::Row { statement, .. } => sql::write(statement, &DIALECT),
            Query::Outline(outline, _) => sql::write(&outline.statement(), &DIALECT),
            Query::Batch { statement, types, .. } => {
                let arrays: Vec<String> = types.iter().map(array_type).collect();
                sql::write_unnest(statement, &DIALECT, &arrays)
            }
            Query::Raw(sql, _) => Ok((*sql).to_owned()),
        }
    }

    /// Runs it by the statement that the server keeps.
    ///
    /// # Errors
    /// The driver's error, or ours inside.
    pub(super) fn run(&self, client: &mut Client, prepared: &Prepared) -> Result<Result<Answer>, postgres::Error> {
        match self {
            Query::Batch { batch, .. } => {
                let columns = batch.columns();
                let params: Params<'_> = columns.iter().map(|column: &Column<'_>| column as _).collect();
                execute(client, &prepared.0, &params)
            }
            _ => {
                let bound = self.bound();
                let params: Params<'_> = bound.iter().map(|bound| bound as _).collect();
                execute(client, &prepared.0, &params)
            }
        }
    }

    /// Runs it without a name, and with types that we choose: for a pool in between that hands each transaction to another session.
    ///
    /// # Errors
    /// The driver's error, or ours inside.
    pub(super) fn run_unnamed(&self, client: &mut Client) -> Result<Result<Answer>, postgres::Error> {
        let sql = match self.sql() {
            Ok(sql) => sql,
            Err(error) => return Ok(Err(error)),
        };
        let bound = self.bound();
        let params: Vec<(&(dyn ToSql + Sync), Type)> = bound.iter().map(|bound| (bound as _, untyped::guess(bound.0))).collect();
        blocking(|| {
            let mut rows = client.query_typed_raw(&sql, params)?;
            let mut read = Vec::new();
            while let Some(row) = rows.next()? {
                read.push(row);
            }
            let count = rows.rows_affected().unwrap_or_default();
            Ok(if read.is_empty() { Answer::Count(count) } else { Answer::Rows(read) })
        })
        .map(Ok)
    }

    /// The parameters in the order of their placeholders.
    fn bound(&self) -> SmallVec<[Bound<'_>; 8]> {
        let mut bound = SmallVec::new();
        match self {
            Query::Statement(statement) => statement.each_param(&mut |value| bound.push(Bound(value.as_param()))),
            Query::Given(_, params) | Query::Outline(_, params) => bound.extend(params.iter().copied().map(Bound)),
            Query::Row { rows, row, .. } => bound.extend(columns(*rows).map(|column| Bound(rows.param(*row, column)))),
            Query::Raw(_, values) => bound.extend(values.iter().map(|value| Bound(value.as_param()))),
            Query::Batch { .. } => {}
        }
        bound
    }
}

fn execute(client: &mut Client, statement: &DriverStatement, params: &[&(dyn ToSql + Sync)]) -> Result<Result<Answer>, postgres::Error> {
    let expected = statement.params().len();
    if params.len() != expected {
        return Ok(Err(AdapterError::ParameterCount { expected, found: params.len() }.into()));
    }
    blocking(|| {
        // Only `execute` tells how many rows were written, and only `query` keeps those that come back.
        if statement.columns().is_empty() {
            client.execute(statement, params).map(Answer::Count)
        } else {
            client.query(statement, params).map(Answer::Rows)
        }
    })
    .map(Ok)
}

fn columns(rows: &dyn Bulk) -> Range<usize> {
    0..rows.width()
}
