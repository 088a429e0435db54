//! A whole `CREATE TABLE`.

use super::TableText;
use super::column;
use super::constraint::{self, Constraint};
use super::cursor::{Cursor, Parsed};
use super::token::{Span, TokenKind, tokens};

/// What may follow the closing parenthesis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableOption {
    Strict,
    WithoutRowid,
}

pub(super) fn table(sql: &str) -> Parsed<TableText> {
    let tokens = tokens(sql);
    let mut cursor = Cursor::new(sql, &tokens);
    cursor.need("CREATE")?;
    if !cursor.eat(&["TEMP"]) {
        cursor.eat(&["TEMPORARY"]);
    }
    cursor.need("TABLE")?;
    cursor.eat(&["IF", "NOT", "EXISTS"]);
    let mut name = cursor.name("the name of the table")?;
    if cursor.eat_operator(".") {
        name = cursor.name("the name of the table")?;
    }
    cursor.need_kind(TokenKind::Open, "`(`")?;
    let mut columns = vec![column::column(&mut cursor)?];
    let mut constraints = Vec::new();
    while cursor.eat_kind(TokenKind::Comma) {
        if sees_constraint(&cursor) {
            constraints = table_constraints(&mut cursor)?;
        } else {
            columns.push(column::column(&mut cursor)?);
        }
    }
    cursor.need_kind(TokenKind::Close, "`,` or `)`")?;
    let end = cursor.end();
    let options = options(&mut cursor)?;
    Ok(TableText { sql: sql.to_owned(), tokens, name, columns, constraints, end, options })
}

/// All of these words are reserved, so no column is called so.
fn sees_constraint(cursor: &Cursor<'_>) -> bool {
    ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"].iter().any(|word| cursor.sees(&[word]))
}

/// To the closing parenthesis. The commas between them may be missing.
fn table_constraints(cursor: &mut Cursor<'_>) -> Parsed<Vec<Constraint>> {
    let mut constraints = Vec::new();
    loop {
        constraints.push(constraint::named(cursor, constraint::of_table)?);
        if !cursor.eat_kind(TokenKind::Comma) && !sees_constraint(cursor) {
            return Ok(constraints);
        }
    }
}

fn options(cursor: &mut Cursor<'_>) -> Parsed<Vec<(TableOption, Span)>> {
    let mut options = Vec::new();
    if cursor.peek().is_none() {
        return Ok(options);
    }
    loop {
        let start = cursor.here();
        let option = if cursor.eat(&["WITHOUT", "ROWID"]) {
            TableOption::WithoutRowid
        } else if cursor.eat(&["STRICT"]) {
            TableOption::Strict
        } else {
            return Err(cursor.lacks("STRICT or WITHOUT ROWID"));
        };
        options.push((option, cursor.since(start)));
        if !cursor.eat_kind(TokenKind::Comma) {
            break;
        }
    }
    if cursor.peek().is_some() { Err(cursor.lacks("the end")) } else { Ok(options) }
}
