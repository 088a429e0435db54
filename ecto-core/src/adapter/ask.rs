//! Small questions to a database, whose answers are texts.

use super::{Command, Connection, Row, Sink};
use crate::error::Result;
use crate::types::Value;

/// One row: `None` is NULL.
pub(crate) type Texts = Vec<Option<String>>;

/// The rows of a query whose columns are texts or whole numbers.
///
/// # Errors
/// What the database said.
pub(crate) fn texts(connection: &mut dyn Connection, sql: &str) -> Result<Vec<Texts>> {
    let mut answer = Answer::default();
    connection.run(Command::Raw(sql, &[]), &mut answer)?;
    Ok(answer.0)
}

/// The first column of the first row, if there is one.
///
/// # Errors
/// What the database said.
pub(crate) fn text(connection: &mut dyn Connection, sql: &str) -> Result<Option<String>> {
    Ok(texts(connection, sql)?.into_iter().next().and_then(|row| row.into_iter().next().flatten()))
}

#[derive(Default)]
struct Answer(Vec<Texts>);

impl Sink for Answer {
    fn row(&mut self, row: Row<'_>) -> Result<()> {
        self.0.push(row.values()?.into_iter().map(word).collect());
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
