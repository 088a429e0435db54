//! `ALTER TABLE`: the alterations of one table, in one statement where the database takes several.

use super::column::{collation, definition, foreign_key, inline_foreign_key, literal};
use super::quote;
use super::text::quote_table;
use super::{DdlDialect, table};
use crate::ddl::{Alteration, Column, TableName};
use crate::error::Lack;

/// The statements, and those that add comments.
pub(super) fn write(table: &TableName, alterations: &[Alteration], dialect: &dyn DdlDialect) -> Result<Vec<String>, Lack> {
    let mut clauses = Vec::new();
    for alteration in alterations {
        match alteration {
            Alteration::Add(column) => add(table, column, "ADD COLUMN", dialect, &mut clauses)?,
            Alteration::AddIfNotExists(column) => add(table, column, "ADD COLUMN IF NOT EXISTS", dialect, &mut clauses)?,
            Alteration::Modify { to, from } => modify(table, to, from.as_ref(), dialect, &mut clauses)?,
            Alteration::Remove(column) => remove(table, column, &mut clauses),
            Alteration::RemoveNamed(name) => clauses.push(format!("DROP COLUMN {}", quote(name))),
            Alteration::RemoveIfExists(name) => clauses.push(format!("DROP COLUMN IF EXISTS {}", quote(name))),
        }
    }
    let mut statements = gather(table, clauses, dialect);
    statements.extend(alterations.iter().filter_map(|alteration| comment(table, alteration)));
    Ok(statements)
}

fn gather(table: &TableName, clauses: Vec<String>, dialect: &dyn DdlDialect) -> Vec<String> {
    let statement = |body: &str| format!("ALTER TABLE {} {body}", quote_table(table));
    match dialect.capabilities().alters_at_once {
        _ if clauses.is_empty() => Vec::new(),
        true => vec![statement(&clauses.join(", "))],
        false => clauses.iter().map(|clause| statement(clause)).collect(),
    }
}

/// A key of one column stands behind the column, so that one clause says all; a key of several stands apart.
fn add(table: &TableName, column: &Column, verb: &str, dialect: &dyn DdlDialect, clauses: &mut Vec<String>) -> Result<(), Lack> {
    let definition = definition(table, column, dialect)?;
    let key = if column.primary_key { " PRIMARY KEY" } else { "" };
    match &column.reference {
        Some(reference) if reference.with.is_empty() => {
            clauses.push(format!("{verb} {definition}{key} {}", inline_foreign_key(table, column, reference)));
        }
        Some(reference) => {
            clauses.push(format!("{verb} {definition}{key}"));
            clauses.push(format!("ADD {}", foreign_key(table, column, reference)));
        }
        None => clauses.push(format!("{verb} {definition}{key}")),
    }
    Ok(())
}

/// Only what differs from what it was is written; where that is not known, the type is. What is not said stays as it is.
fn modify(table: &TableName, to: &Column, from: Option<&Column>, dialect: &dyn DdlDialect, clauses: &mut Vec<String>) -> Result<(), Lack> {
    let name = quote(&to.name);
    let can = dialect.capabilities();
    let keeps_reference = from.is_some_and(|from| from.reference == to.reference);
    if let Some(key) = from.filter(|_| !keeps_reference).and_then(|from| from.foreign_key_name(table)) {
        clauses.push(format!("DROP CONSTRAINT {}", quote(&key)));
    }
    if changes_type(to, from, dialect)? {
        lacking(can.alters_freely, Lack::ModifyType)?;
        let collation = collation(to).map(|collation| format!(" {collation}")).unwrap_or_default();
        clauses.push(format!("ALTER COLUMN {name} TYPE {}{collation}", dialect.column_type(to)?));
    }
    clauses.extend(to.null.map(|null| format!("ALTER COLUMN {name} {} NOT NULL", if null { "DROP" } else { "SET" })));
    if let Some(value) = &to.default {
        lacking(can.alters_freely, Lack::ModifyDefault)?;
        clauses.push(format!("ALTER COLUMN {name} SET DEFAULT {}", literal(value, dialect)));
    }
    if let Some(reference) = to.reference.as_ref().filter(|_| !keeps_reference) {
        lacking(can.alters_freely, Lack::ModifyReference)?;
        clauses.push(format!("ADD {}", foreign_key(table, to, reference)));
    }
    Ok(())
}

fn changes_type(to: &Column, from: Option<&Column>, dialect: &dyn DdlDialect) -> Result<bool, Lack> {
    let Some(from) = from else { return Ok(true) };
    let options = |column: &Column| (column.size, column.collation.clone());
    Ok(options(to) != options(from) || dialect.column_type(to)? != dialect.column_type(from)?)
}

fn lacking(able: bool, lack: Lack) -> Result<(), Lack> {
    if able { Ok(()) } else { Err(lack) }
}

/// The foreign key goes before its column (G-52).
fn remove(table: &TableName, column: &Column, clauses: &mut Vec<String>) {
    clauses.extend(column.foreign_key_name(table).map(|key| format!("DROP CONSTRAINT {}", quote(&key))));
    clauses.push(format!("DROP COLUMN {}", quote(&column.name)));
}

fn comment(table: &TableName, alteration: &Alteration) -> Option<String> {
    match alteration {
        Alteration::Add(column) | Alteration::AddIfNotExists(column) | Alteration::Modify { to: column, .. } => {
            table::comment(table, column)
        }
        Alteration::Remove(_) | Alteration::RemoveNamed(_) | Alteration::RemoveIfExists(_) => None,
    }
}
