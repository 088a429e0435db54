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
            Alteration::Set(change) => body.clause(set(&change.column, &change.to)),
            // Elsewhere it stands in the text of the table, which is not written here.
            Alteration::Comment { to, .. } if dialect.capabilities().comment_statements => body.statement(table::comment(table, to)),
            Alteration::Comment { .. } => {}
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
    let new = new_column(table, &nullable, dialect)?;
    body.clause(format!("{verb} {}", new.definition));
    if let Some(key) = new.foreign_key {
        body.clause(format!("ADD {key}"));
    }
    if let Some(value) = &column.backfill {
        body.statement(fill(table, &column.name, &literal(value, dialect)));
        body.clause(set(&column.name, &Facet::Null(false)));
    }
    Ok(())
}

/// A column that is added to a table.
pub(crate) struct NewColumn {
    pub definition: String,
    /// The one that does not fit behind the column.
    pub foreign_key: Option<String>,
}

/// How a column is written that is added to a table.
pub(crate) fn new_column(table: &TableName, column: &Column, dialect: &dyn DdlDialect) -> Result<NewColumn, Lack> {
    let phrase = dialect.serial_key().filter(|_| column.primary_key && column.kind.is_serial());
    let mut definition = match phrase {
        Some(phrase) => format!("{} {phrase}", quote(&column.name)),
        None => definition(table, column, dialect)? + if column.primary_key { " PRIMARY KEY" } else { "" },
    };
    let mut key = None;
    match &column.reference {
        Some(reference) if reference.with.is_empty() && reference.validate => {
            definition.push_str(&format!(" {}", inline_foreign_key(table, column, reference)));
        }
        Some(reference) => key = Some(foreign_key(table, column, reference)),
        None => {}
    }
    definition.push_str(&inline_comment(column.comment.as_deref(), dialect.capabilities()));
    Ok(NewColumn { definition, foreign_key: key })
}

/// Rows that hold NULL get this value.
pub(crate) fn fill(table: &TableName, column: &str, value: &str) -> String {
    let name = quote(column);
    format!("UPDATE {} SET {name} = {value} WHERE {name} IS NULL", quote_table(table))
}

fn modify(table: &TableName, to: &Column, from: Option<&Column>, dialect: &dyn DdlDialect, body: &mut Body<'_>) -> Result<(), Lack> {
    for step in steps(table, to, from, dialect)? {
        match step {
            Step::DropForeignKey(name) => body.clause(format!("DROP CONSTRAINT {}", quote(&name))),
            Step::Backfill(value) => body.statement(fill(table, &to.name, &value)),
            Step::Set(facet) => body.clause(set(&to.name, &facet)),
            // Where there are such, they stand in the text of the table, which is not written here.
            Step::Check { .. } | Step::Comment(_) => {}
            Step::AddForeignKey(key) => body.clause(format!("ADD {key}")),
        }
    }
    Ok(())
}

/// `ALTER COLUMN`.
pub(crate) fn set(column: &str, facet: &Facet) -> String {
    let action = match facet {
        Facet::Type { sql, collation, using } => {
            let collation = collation.as_ref().map(|name| format!(" COLLATE {}", quote(name))).unwrap_or_default();
            let using = using.as_ref().map(|expression| format!(" USING {expression}")).unwrap_or_default();
            format!("TYPE {sql}{collation}{using}")
        }
        Facet::Null(true) => "DROP NOT NULL".into(),
        Facet::Null(false) => "SET NOT NULL".into(),
        Facet::Default(default) => default.as_ref().map_or_else(|| "DROP DEFAULT".into(), |value| format!("SET DEFAULT {value}")),
    };
    format!("ALTER COLUMN {} {action}", quote(column))
}

/// The foreign key goes before its column (G-52).
fn remove(table: &TableName, column: &Column, body: &mut Body<'_>) {
    if let Some(key) = column.foreign_key_name(table) {
        body.clause(format!("DROP CONSTRAINT {}", quote(&key)));
    }
    body.clause(format!("DROP COLUMN {}", quote(&column.name)));
}

fn comment(table: &TableName, alteration: &Alteration) -> Option<String> {
    alteration.new_column().and_then(|column| table::column_comment(table, column))
}
