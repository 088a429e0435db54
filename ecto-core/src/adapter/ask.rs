//! Small questions to a database, whose answers are few enough to be kept.

use super::{Command, Connection, Row, Sink};
use crate::error::Result;
use crate::types::Value;

/// The rows of a query.
///
/// # Errors
/// What the database said.
pub(crate) fn values(connection: &mut dyn Connection, sql: &str, params: &[Value]) -> Result<Vec<Vec<Value>>> {
    let mut answer = Answer::default();
    connection.run(Command::Raw(sql, params), &mut answer)?;
    Ok(answer.0)
}

/// Has the query a row?
///
/// # Errors
/// What the database said.
pub(crate) fn any(connection: &mut dyn Connection, sql: &str) -> Result<bool> {
    Ok(!values(connection, sql, &[])?.is_empty())
}

/// One row: `None` is NULL.
pub(crate) type Texts = Vec<Option<String>>;

/// The rows of a query whose columns are texts or whole numbers.
///
/// # Errors
/// What the database said.
pub(crate) fn texts(connection: &mut dyn Connection, sql: &str) -> Result<Vec<Texts>> {
    Ok(values(connection, sql, &[])?.into_iter().map(|row| row.into_iter().map(word).collect()).collect())
}

/// The first row; empty if there is none.
///
/// # Errors
/// What the database said.
pub(crate) fn row(connection: &mut dyn Connection, sql: &str) -> Result<Texts> {
    Ok(texts(connection, sql)?.into_iter().next().unwrap_or_default())
}

/// The first column, without NULL.
///
/// # Errors
/// What the database said.
pub(crate) fn column(connection: &mut dyn Connection, sql: &str) -> Result<Vec<String>> {
    Ok(texts(connection, sql)?.into_iter().filter_map(|row| row.into_iter().next().flatten()).collect())
}

/// The first column of the first row, if there is one.
///
/// # Errors
/// What the database said.
pub(crate) fn text(connection: &mut dyn Connection, sql: &str) -> Result<Option<String>> {
    Ok(row(connection, sql)?.into_iter().next().flatten())
}

#[derive(Default)]
struct Answer(Vec<Vec<Value>>);

impl Sink for Answer {
    fn row(&mut self, row: Row<'_>) -> Result<()> {
        self.0.push(row.values()?);
        Ok(())
    }
}

fn word(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Text(text) => Some(text.to_string()),
        Value::I64(number) => Some(number.to_string()),
        Value::I32(number) => Some(number.to_string()),
        other => Some(format!("{other:?}")),
    }
}
