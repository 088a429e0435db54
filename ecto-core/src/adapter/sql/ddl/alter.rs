//! `ALTER TABLE`: the alterations of one table, in one statement where the database takes several.

use super::column::{definition, foreign_key, inline_foreign_key, literal};
use super::facets::{Step, steps};
use super::quote;
use super::text::{inline_comment, quote_table};
use super::{DdlDialect, table};
use crate::ddl::{Alteration, Column, Facet, TableName};
use crate::error::Lack;

/// The statements, and those that add comments.
pub(super) fn write(table: &TableName, alterations: &[Alteration], dialect: &dyn DdlDialect) -> Result<Vec<String>, Lack> {
    let mut body = Body { table, at_once: dialect.capabilities().alters_at_once, clauses: Vec::new(), statements: Vec::new() };
    for alteration in alterations {
        match alteration {
            Alteration::Add(column) => add(table, column, "ADD COLUMN", dialect, &mut body)?,
            Alteration::AddIfNotExists(column) => add(table, column, "ADD COLUMN IF NOT EXISTS", dialect, &mut body)?,
            Alteration::Modify { to, from } => modify(table, to, from.as_ref(), dialect, &mut body)?,
            Alteration::Remove(column) => remove(table, column, &mut body),
            Alteration::RemoveNamed(name) => body.clause(format!("DROP COLUMN {}", quote(name))),
            Alteration::RemoveIfExists(name) => body.clause(format!("DROP COLUMN IF EXISTS {}", quote(name))),
            Alteration::Set(change) => body.clause(set(&change.column, &change.to, dialect)?),
        }
    }
    body.gather();
    let mut statements = body.statements;
    if !dialect.capabilities().comment_statements {
        return Ok(statements);
    }
    statements.extend(alterations.iter().filter_map(|alteration| comment(table, alteration)));
    Ok(statements)
}

/// What was written so far: statements, and the clauses of the next one.
struct Body<'a> {
    table: &'a TableName,
    at_once: bool,
    clauses: Vec<String>,
    statements: Vec<String>,
}

impl Body<'_> {
    fn clause(&mut self, clause: String) {
        self.clauses.push(clause);
    }

    /// A statement of its own between the clauses.
    fn statement(&mut self, statement: String) {
        self.gather();
        self.statements.push(statement);
    }

    fn gather(&mut self) {
        let statement = |clauses: &[String]| format!("ALTER TABLE {} {}", quote_table(self.table), clauses.join(", "));
        let together = if self.at_once { self.clauses.len().max(1) } else { 1 };
        self.statements.extend(self.clauses.chunks(together).map(statement));
        self.clauses.clear();
    }
}

/// A key of one column stands behind the column, so that one clause says all; a key of several stands apart.
fn add(table: &TableName, column: &Column, verb: &str, dialect: &dyn DdlDialect, body: &mut Body<'_>) -> Result<(), Lack> {
    // Nullable until its rows are filled.
    let nullable = Column { null: column.null.filter(|_| column.backfill.is_none()), ..column.clone() };
    let definition = definition(table, &nullable, dialect)?;
    let comment = inline_comment(column.comment.as_deref(), dialect.capabilities());
    let key = if column.primary_key { " PRIMARY KEY" } else { "" };
    match &column.reference {
        Some(reference) if reference.with.is_empty() && reference.validate => {
            body.clause(format!("{verb} {definition}{key} {}{comment}", inline_foreign_key(table, column, reference)));
        }
        Some(reference) => {
            body.clause(format!("{verb} {definition}{key}{comment}"));
            body.clause(format!("ADD {}", foreign_key(table, column, reference)));
        }
        None => body.clause(format!("{verb} {definition}{key}{comment}")),
    }
    if let Some(value) = &column.backfill {
        body.statement(fill(table, &column.name, &literal(value, dialect)));
        body.clause(set(&column.name, &Facet::Null(false), dialect)?);
    }
    Ok(())
}

/// Rows that hold NULL get this value.
fn fill(table: &TableName, column: &str, value: &str) -> String {
    let name = quote(column);
    format!("UPDATE {} SET {name} = {value} WHERE {name} IS NULL", quote_table(table))
}

fn modify(table: &TableName, to: &Column, from: Option<&Column>, dialect: &dyn DdlDialect, body: &mut Body<'_>) -> Result<(), Lack> {
    for step in steps(table, to, from, dialect)? {
        match step {
            Step::DropForeignKey(name) => body.clause(format!("DROP CONSTRAINT {}", quote(&name))),
            Step::Backfill(value) => body.statement(fill(table, &to.name, &value)),
            Step::Set(facet) => body.clause(set(&to.name, &facet, dialect)?),
            Step::Check { .. } => return Err(Lack::ModifyType),
            Step::Comment(_) => return Err(Lack::ModifyComment),
            Step::AddForeignKey(key) => {
                lacking(dialect.capabilities().alters_freely, Lack::ModifyReference)?;
                body.clause(format!("ADD {key}"));
            }
        }
    }
    Ok(())
}

/// `ALTER COLUMN`.
fn set(column: &str, facet: &Facet, dialect: &dyn DdlDialect) -> Result<String, Lack> {
    let freely = |lack| lacking(dialect.capabilities().alters_freely, lack);
    let action = match facet {
        Facet::Type { sql, collation, using } => {
            freely(Lack::ModifyType)?;
            let collation = collation.as_ref().map(|name| format!(" COLLATE {}", quote(name))).unwrap_or_default();
            let using = using.as_ref().map(|expression| format!(" USING {expression}")).unwrap_or_default();
            format!("TYPE {sql}{collation}{using}")
        }
        Facet::Null(true) => "DROP NOT NULL".into(),
        Facet::Null(false) => "SET NOT NULL".into(),
        Facet::Default(default) => {
            freely(Lack::ModifyDefault)?;
            default.as_ref().map_or_else(|| "DROP DEFAULT".into(), |value| format!("SET DEFAULT {value}"))
        }
    };
    Ok(format!("ALTER COLUMN {} {action}", quote(column)))
}

fn lacking(able: bool, lack: Lack) -> Result<(), Lack> {
    if able { Ok(()) } else { Err(lack) }
}

/// The foreign key goes before its column (G-52).
fn remove(table: &TableName, column: &Column, body: &mut Body<'_>) {
    if let Some(key) = column.foreign_key_name(table) {
        body.clause(format!("DROP CONSTRAINT {}", quote(&key)));
    }
    body.clause(format!("DROP COLUMN {}", quote(&column.name)));
}

fn comment(table: &TableName, alteration: &Alteration) -> Option<String> {
    alteration.new_column().and_then(|column| table::comment(table, column))
}
