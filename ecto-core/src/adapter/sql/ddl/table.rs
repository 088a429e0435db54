//! `CREATE TABLE`.

use super::DdlDialect;
use super::column::{constraint, definition, foreign_key};
use super::text::{inline_comment, leading_comment, list, quote_table, when};
use super::{quote, string};
use crate::ddl::{Column, CreateTable, TableKind, TableName};
use crate::error::Lack;

/// The statement, and those that add comments.
pub(super) fn create(create: &CreateTable, dialect: &dyn DdlDialect) -> Result<Vec<String>, Lack> {
    let table = quote_table(&create.table);
    let if_not_exists = when(create.if_not_exists, "IF NOT EXISTS ");
    let options = create.options.as_ref().map(|options| format!(" {options}")).unwrap_or_default();
    let kind = match create.kind {
        TableKind::Plain => "",
        TableKind::Unlogged => "UNLOGGED ",
        TableKind::Temporary => "TEMPORARY ",
    };
    let can = dialect.capabilities();
    let leading = leading_comment(create.comment.as_deref(), can);
    let elements = elements(create, dialect)?.join(", ");
    let mut statements = vec![format!("CREATE {kind}TABLE {if_not_exists}{table} ({leading}{elements}){options}")];
    if !can.comment_statements {
        return Ok(statements);
    }
    statements.extend(create.comment.iter().map(|text| comment(&create.table, text)));
    statements.extend(create.columns.iter().filter_map(|column| column_comment(&create.table, column)));
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

fn elements(create: &CreateTable, dialect: &dyn DdlDialect) -> Result<Vec<String>, Lack> {
    let key: Vec<&Column> = create.columns.iter().filter(|column| column.primary_key).collect();
    let phrase = dialect.serial_key().filter(|_| matches!(key[..], [column] if column.kind.is_serial()));
    let mut elements = Vec::new();
    for column in &create.columns {
        let definition = match phrase {
            Some(phrase) if column.primary_key => format!("{} {phrase}", quote(&column.name)),
            _ => definition(&create.table, column, dialect)?,
        };
        elements.push(definition + &inline_comment(column.comment.as_deref(), dialect.capabilities()));
    }
    if phrase.is_none() && !key.is_empty() {
        elements.push(format!("PRIMARY KEY ({})", list(key.iter().map(|column| column.name.as_str()))));
    }
    let keys =
        create.columns.iter().filter_map(|column| column.reference.as_ref().map(|reference| foreign_key(&create.table, column, reference)));
    elements.extend(keys);
    elements.extend(create.checks.iter().map(constraint));
    Ok(elements)
}
