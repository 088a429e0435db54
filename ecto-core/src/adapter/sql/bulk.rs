//! `INSERT … SELECT FROM unnest`: many rows in one statement, each column one array.

use std::fmt::Write;

use super::Dialect;
use super::quote::quote;
use crate::error::{QueryError, Result};
use crate::query::{Op, Statement};

/// The text that inserts as many rows as its arrays are long. `array_types` names the type of each column's array.
///
/// # Errors
/// When the statement is no insert of plain columns, or the number of types is another.
pub fn write_unnest(statement: &Statement, dialect: &dyn Dialect, array_types: &[String]) -> Result<String> {
    let columns = |op: Op, tokens: &[crate::query::Token]| {
        let fields = statement.root().fields;
        let named = tokens.iter().filter(|token| token.op == op).map(|token| fields.get(usize::from(token.arg)));
        named.map(|field| field.map(|field| quote(field.column))).collect::<Option<Vec<_>>>().ok_or(QueryError::Malformed)
    };
    let written = columns(Op::Set, &statement.body.tokens)?;
    if written.len() != array_types.len() || written.is_empty() {
        return Err(QueryError::Malformed.into());
    }
    let mut out = String::from("INSERT INTO ");
    if let Some(prefix) = &statement.prefix {
        out.push_str(&quote(prefix));
        out.push('.');
    }
    let arrays = (1..).zip(array_types).map(|(at, name)| format!("{}{at}::{name}", dialect.placeholder())).collect::<Vec<_>>();
    // OK because writing to a `String` cannot fail.
    let _ = write!(out, "{} ({}) SELECT * FROM unnest({})", quote(statement.root().table), written.join(", "), arrays.join(", "));
    let returned = columns(Op::Returned, &statement.select.tokens)?;
    if !returned.is_empty() {
        let _ = write!(out, " RETURNING {}", returned.join(", "));
    }
    Ok(out)
}
