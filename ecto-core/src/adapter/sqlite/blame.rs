//! The search for the foreign key that a refused statement violated.

use rusqlite::Connection;
use rusqlite::types::Value as Stored;

use super::codec::Binder;
use super::dialect::DIALECT;
use super::foreign_key::{self, ForeignKey};
use crate::adapter::{Bulk, Command, filled, sql};
use crate::error::Result;
use crate::query::{At, Op, Statement, Token, Verb};
use crate::schema::SchemaMeta;
use crate::types::Param;

/// The key, if it can be found. A raw statement is not understood, and nothing is found for it.
///
/// # Errors
/// When a look at the database fails.
pub(super) fn find(driver: &Connection, command: Command<'_>) -> Result<Option<ForeignKey>> {
    match command {
        Command::Raw(..) => Ok(None),
        Command::Bulk(statement, rows) => among_rows(driver, statement, rows),
        Command::Outline(outline, params) => find(driver, Command::Given(&outline.statement(), params)),
        Command::Given(statement, params) => find(driver, Command::Statement(&filled(statement, params))),
        Command::Statement(statement) => match statement.verb {
            Verb::Insert => without_parent(driver, statement.root(), &written(statement)),
            Verb::Update => match without_parent(driver, statement.root(), &written(statement))? {
                Some(key) => Ok(Some(key)),
                None => with_child(driver, statement),
            },
            Verb::Delete => with_child(driver, statement),
            Verb::Select => Ok(None),
        },
    }
}

/// The columns that a statement writes, each with its value. One that is computed by the database is left out.
fn written(statement: &Statement) -> Vec<(u16, Param<'_>)> {
    let mut params = statement.body.params.iter();
    let mut last = None;
    let mut columns = Vec::new();
    for token in &statement.body.tokens {
        match token.op {
            Op::Param | Op::ListParam => last = params.next(),
            Op::Set | Op::Returned => columns.extend(last.take().map(|value| (token.arg, value.as_param()))),
            _ => last = None,
        }
    }
    columns
}

/// The columns that an insert of many rows takes, in the order of its cells.
fn taken(statement: &Statement) -> Vec<u16> {
    statement.body.tokens.iter().filter(|token| matches!(token.op, Op::Set | Op::Returned)).map(|token| token.arg).collect()
}

fn among_rows(driver: &Connection, statement: &Statement, rows: &dyn Bulk) -> Result<Option<ForeignKey>> {
    let columns = taken(statement);
    for row in 0..rows.rows() {
        let cells: Vec<_> = columns.iter().enumerate().map(|(at, column)| (*column, rows.param(row, at))).collect();
        if let Some(key) = without_parent(driver, statement.root(), &cells)? {
            return Ok(Some(key));
        }
    }
    Ok(None)
}

/// The first key of a table whose columns were all written, and whose parent is not there.
fn without_parent(driver: &Connection, table: &'static SchemaMeta, written: &[(u16, Param<'_>)]) -> Result<Option<ForeignKey>> {
    let value_of = |name: &String| {
        let named = |column: &u16| table.fields.get(usize::from(*column)).is_some_and(|field| field.column.eq_ignore_ascii_case(name));
        written.iter().find(|(column, _)| named(column)).map(|(_, value)| *value)
    };
    for (_, key) in foreign_key::of_table(driver, table.table).map_err(super::fault::error)? {
        let Some(values) = key.from().iter().map(value_of).collect::<Option<Vec<_>>>() else { continue };
        if key.lacks_parent(driver, &stored(driver, &values)?).map_err(super::fault::error)? {
            return Ok(Some(key));
        }
    }
    Ok(None)
}

/// The values as SQLite would store them: sent there and back.
fn stored(driver: &Connection, values: &[Param<'_>]) -> Result<Vec<Stored>> {
    let places: Vec<String> = (1..=values.len()).map(|at| format!("?{at}")).collect();
    let mut prepared = driver.prepare(&format!("SELECT {}", places.join(", "))).map_err(super::fault::error)?;
    let mut buffer = String::new();
    let mut binder = Binder::new(&mut prepared, &mut buffer);
    for value in values {
        binder.bind(*value)?;
    }
    first_row(&mut prepared).map(|row| row.unwrap_or_default())
}

fn first_row(prepared: &mut rusqlite::Statement<'_>) -> Result<Option<Vec<Stored>>> {
    let width = prepared.column_count();
    let mut rows = prepared.raw_query();
    let Some(row) = rows.next().map_err(super::fault::error)? else { return Ok(None) };
    (0..width).map(|at| row.get(at)).collect::<rusqlite::Result<Vec<Stored>>>().map(Some).map_err(super::fault::error)
}

/// The first key of another table that refers to a row which the statement would have changed or deleted.
fn with_child(driver: &Connection, statement: &Statement) -> Result<Option<ForeignKey>> {
    let table = statement.root();
    for key in foreign_key::referring_to(driver, table.table).map_err(super::fault::error)? {
        let Some(columns) = key.to().iter().map(|name| column_named(table, name)).collect::<Option<Vec<_>>>() else { continue };
        for values in touched(driver, statement, &columns)? {
            if key.has_child(driver, &values).map_err(super::fault::error)? {
                return Ok(Some(key));
            }
        }
    }
    Ok(None)
}

fn column_named(table: &SchemaMeta, name: &str) -> Option<u16> {
    table.columns().find(|column| table.fields[usize::from(*column)].column.eq_ignore_ascii_case(name))
}

/// These columns of the rows that a statement's conditions name.
fn touched(driver: &Connection, statement: &Statement, columns: &[u16]) -> Result<Vec<Vec<Stored>>> {
    let mut query = conditions(statement);
    for column in columns {
        query.select.push(Token::column(At::new(statement.level, 0), *column));
        query.select.push(Token::new(Op::Item));
    }
    let mut prepared = driver.prepare(&sql::write(&query, &DIALECT)?).map_err(super::fault::error)?;
    let mut buffer = String::new();
    let mut binder = Binder::new(&mut prepared, &mut buffer);
    let mut bound = Ok(());
    query.each_param(&mut |value| {
        if bound.is_ok() {
            bound = binder.bind(value.as_param());
        }
    });
    bound?;
    let rows = prepared.raw_query().mapped(|row| (0..columns.len()).map(|at| row.get(at)).collect());
    rows.collect::<rusqlite::Result<_>>().map_err(super::fault::error)
}

/// A query of the rows that a statement touches: its conditions alone.
fn conditions(statement: &Statement) -> Statement {
    let mut query = Statement::new(Verb::Select, statement.root());
    query.level = statement.level;
    let (mut params, mut extras) = (statement.body.params.iter(), statement.body.extras.iter());
    let mut operand = crate::query::Raw::default();
    for token in &statement.body.tokens {
        match token.op {
            Op::Where => query.clause(std::mem::take(&mut operand), *token),
            Op::Set | Op::Returned => operand = crate::query::Raw::default(),
            Op::Param | Op::ListParam => {
                operand.push(*token);
                operand.params.extend(params.next().cloned());
            }
            Op::Literal | Op::Fragment | Op::InQuery | Op::Exists | Op::Scalar => {
                operand.push(*token);
                operand.extras.extend(extras.next().cloned());
            }
            _ => operand.push(*token),
        }
    }
    query
}
