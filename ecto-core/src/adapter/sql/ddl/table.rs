//! `CREATE TABLE`.

use super::DdlDialect;
use super::column::{constraint, foreign_key, push_definition};
use super::text::{inline_comment, leading_comment, list, quote_table, when};
use super::{push_quoted, quote, string};
use crate::ddl::{Column, CreateTable, TableKind, TableName};
use crate::error::Lack;

/// Of one column, more or less: the text need not move while it grows.
const USUAL_LENGTH: usize = 48;

/// The statement, and those that add comments.
pub(super) fn create(create: &CreateTable, dialect: &dyn DdlDialect) -> Result<Vec<String>, Lack> {
    let table = quote_table(&create.table);
    let can = dialect.capabilities();
    let kind = match create.kind {
        TableKind::Plain => "",
        TableKind::Unlogged => "UNLOGGED ",
        TableKind::Temporary => "TEMPORARY ",
    };
    let mut sql = String::with_capacity(USUAL_LENGTH * (create.columns.len() + 1));
    let leading = leading_comment(create.comment.as_deref(), can);
    for part in ["CREATE ", kind, "TABLE ", when(create.if_not_exists, "IF NOT EXISTS "), &table, " (", &leading] {
        sql.push_str(part);
    }
    push_elements(create, dialect, &mut sql)?;
    sql.push(')');
    if let Some(options) = &create.options {
        sql.extend([" ", options]);
    }
    let mut statements = vec![sql];
    if can.comment_statements {
        statements.extend(create.comment.iter().map(|text| comment(&create.table, text)));
        statements.extend(create.columns.iter().filter_map(|column| column_comment(&create.table, column)));
    }
    Ok(statements)
}

/// The statement that sets the comment of a table.
pub(super) fn comment(table: &TableName, text: &str) -> String {
    format!("COMMENT ON TABLE {} IS {}", quote_table(table), string(text))
}

/// The same of a column, if it has one.
pub(super) fn column_comment(table: &TableName, column: &Column) -> Option<String> {
    let text = column.comment.as_ref()?;
    Some(format!("COMMENT ON COLUMN {}.{} IS {}", quote_table(table), quote(&column.name), string(text)))
}

fn push_elements(create: &CreateTable, dialect: &dyn DdlDialect, sql: &mut String) -> Result<(), Lack> {
    let key = || create.columns.iter().filter(|column| column.primary_key);
    let phrase = dialect.serial_key().filter(|_| key().count() == 1 && key().all(|column| column.kind.is_serial()));
    for (at, column) in create.columns.iter().enumerate() {
        sql.push_str(if at == 0 { "" } else { ", " });
        push_quoted(sql, &column.name);
        match phrase {
            Some(phrase) if column.primary_key => sql.extend([" ", phrase]),
            _ => push_definition(sql, &create.table, column, dialect)?,
        }
        sql.push_str(&inline_comment(column.comment.as_deref(), dialect.capabilities()));
    }
    if phrase.is_none() && key().next().is_some() {
        sql.extend([", PRIMARY KEY (", &list(key().map(|column| column.name.as_str())), ")"]);
    }
    for column in &create.columns {
        column.reference.iter().for_each(|reference| sql.extend([", ", &foreign_key(&create.table, column, reference)]));
    }
    create.checks.iter().for_each(|check| sql.extend([", ", &constraint(check)]));
    Ok(())
}
