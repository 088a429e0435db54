//! The changes that can be made to a text.

use super::constraint::Kind;
use super::parse::TableOption;
use super::splice::{Splices, closed};
use super::token::{Span, TokenKind, spells};
use super::{ColumnText, TableText};
use crate::error::StructureError;

/// One change. Names that are inserted come in quotes where they need them; names that are looked for come without.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(not(test), expect(dead_code, reason = "the words of a migration do not reach all of them yet"))]
pub(crate) enum Edit {
    /// Of the table alone: a foreign key to itself keeps the name that it has.
    RenameTable {
        to: String,
    },
    /// Takes the table's name from before its columns in checks and generated expressions (`t.a > 0`), which would dangle while the
    /// table is called otherwise.
    Unqualify,
    /// Behind the last column.
    AddColumn {
        definition: String,
    },
    /// With its own constraints.
    DropColumn {
        name: String,
    },
    SetType {
        column: String,
        sql: Option<String>,
    },
    SetNotNull {
        column: String,
        on: bool,
    },
    /// The value alone, as it stands behind `DEFAULT`.
    SetDefault {
        column: String,
        sql: Option<String>,
    },
    SetCollation {
        column: String,
        name: Option<String>,
    },
    /// What is said of the table.
    SetComment {
        text: Option<String>,
    },
    SetColumnComment {
        column: String,
        text: Option<String>,
    },
    /// The whole clause: `GENERATED ALWAYS AS (...) STORED`.
    SetGenerated {
        column: String,
        sql: Option<String>,
    },
    AddColumnConstraint {
        column: String,
        sql: String,
    },
    AddTableConstraint {
        sql: String,
    },
    /// A key, a unique constraint, a check or a foreign key.
    DropConstraint {
        name: String,
    },
    ReplaceConstraint {
        name: String,
        sql: String,
    },
    DropForeignKey {
        columns: Vec<String>,
        parent: String,
    },
    DropCheck {
        expression: String,
    },
    DropUnique {
        columns: Vec<String>,
    },
    SetPrimaryKey {
        columns: Vec<String>,
    },
    DropPrimaryKey,
    SetStrict(bool),
    SetWithoutRowid(bool),
    SetAutoincrement(bool),
}

/// The text with the changes made, one after the other.
pub(super) fn all(text: &TableText, edits: &[Edit]) -> Result<String, StructureError> {
    let mut now = text.clone();
    for edit in edits {
        let mut splices = Splices::default();
        one(&now, edit, &mut splices)?;
        let sql = splices.apply(&now.sql);
        now = fitting(&now, edit, &sql)?;
    }
    Ok(now.sql)
}

fn one(text: &TableText, edit: &Edit, splices: &mut Splices) -> Result<(), StructureError> {
    match edit {
        Edit::RenameTable { to } => splices.replace(text.name.span, to),
        Edit::Unqualify => text.unqualify(splices),
        Edit::AddColumn { definition } => text.add_column(definition, splices),
        Edit::DropColumn { name } => text.drop_column(name, splices)?,
        Edit::SetType { column, sql } => text.set_type(text.column(column)?, sql.as_deref(), splices),
        Edit::SetNotNull { column, on } => text.set_not_null(text.column(column)?, *on, splices),
        Edit::SetDefault { column, sql } => {
            let clause = sql.as_ref().map(|sql| format!("DEFAULT {sql}"));
            text.set_clause(text.column(column)?, |kind| matches!(kind, Kind::Default { .. }), clause, splices);
        }
        Edit::SetCollation { column, name } => {
            let clause = name.as_ref().map(|name| format!("COLLATE {name}"));
            text.set_clause(text.column(column)?, |kind| matches!(kind, Kind::Collate { .. }), clause, splices);
        }
        Edit::SetGenerated { column, sql } => {
            text.set_clause(text.column(column)?, |kind| matches!(kind, Kind::Generated(_)), sql.clone(), splices);
        }
        Edit::SetComment { text: said } => text.set_comment(said.as_deref(), splices),
        Edit::SetColumnComment { column, text: said } => text.set_comment_of(text.column(column)?, said.as_deref(), splices),
        Edit::AddColumnConstraint { column, sql } => text.insert_words(text.column(column)?.span.end, sql, splices),
        Edit::AddTableConstraint { sql } => text.add_constraint(sql, splices),
        Edit::DropConstraint { name } => match text.named(name)? {
            found if matches!(found.constraint.kind, Kind::PrimaryKey(_)) => text.drop_key(splices)?,
            found => text.remove(found, splices),
        },
        Edit::ReplaceConstraint { name, sql } => splices.replace(text.named(name)?.constraint.span, closed(sql)),
        Edit::DropForeignKey { columns, parent } => text.remove(text.foreign_key(columns, parent)?, splices),
        Edit::DropCheck { expression } => text.remove(text.check(expression)?, splices),
        Edit::DropUnique { columns } => text.remove(text.unique(columns)?, splices),
        Edit::SetPrimaryKey { columns } => text.set_key(columns, splices)?,
        Edit::DropPrimaryKey => text.drop_key(splices)?,
        Edit::SetStrict(on) => text.set_option(TableOption::Strict, *on, splices),
        Edit::SetWithoutRowid(on) => text.set_without_rowid(*on, splices)?,
        Edit::SetAutoincrement(on) => text.set_autoincrement(*on, splices)?,
    }
    Ok(())
}

/// The new text, read again: a piece that was inserted may be none, or more than it should be.
fn fitting(before: &TableText, edit: &Edit, sql: &str) -> Result<TableText, StructureError> {
    let misfit = |reason: String| StructureError::Misfit { table: before.name.text.clone(), piece: piece(edit), reason };
    let after = TableText::parse(sql).map_err(|error| misfit(error.to_string()))?;
    let more = usize::from(matches!(edit, Edit::AddColumn { .. }));
    let fewer = usize::from(matches!(edit, Edit::DropColumn { .. }));
    if after.columns.len() + fewer == before.columns.len() + more {
        Ok(after)
    } else {
        Err(misfit("it changes the number of columns".into()))
    }
}

/// What a change inserts.
fn piece(edit: &Edit) -> String {
    match edit {
        Edit::RenameTable { to: sql }
        | Edit::AddColumn { definition: sql }
        | Edit::AddColumnConstraint { sql, .. }
        | Edit::AddTableConstraint { sql }
        | Edit::ReplaceConstraint { sql, .. } => sql.clone(),
        Edit::SetType { sql, .. }
        | Edit::SetDefault { sql, .. }
        | Edit::SetCollation { name: sql, .. }
        | Edit::SetComment { text: sql }
        | Edit::SetColumnComment { text: sql, .. }
        | Edit::SetGenerated { sql, .. } => sql.clone().unwrap_or_default(),
        Edit::SetPrimaryKey { columns } => columns.join(", "),
        Edit::Unqualify
        | Edit::DropColumn { .. }
        | Edit::SetNotNull { .. }
        | Edit::DropConstraint { .. }
        | Edit::DropForeignKey { .. }
        | Edit::DropCheck { .. }
        | Edit::DropUnique { .. }
        | Edit::DropPrimaryKey
        | Edit::SetStrict(_)
        | Edit::SetWithoutRowid(_)
        | Edit::SetAutoincrement(_) => String::new(),
    }
}

impl TableText {
    fn unqualify(&self, splices: &mut Splices) {
        let expressions = self.constraints().filter_map(|constraint| constraint.expression());
        for Span { start, end } in expressions.map(|part| part.span) {
            let inside = |at: usize| at >= start && at < end;
            let tokens: Vec<_> = self.tokens.iter().filter(|token| inside(token.span.start) && token.is_significant()).collect();
            for pair in tokens.windows(2) {
                let is_dot = pair[1].kind == TokenKind::Operator && pair[1].span.of(&self.sql) == ".";
                if is_dot && spells(&self.sql, *pair[0], &self.name.text) {
                    splices.remove(Span { start: pair[0].span.start, end: pair[1].span.end });
                }
            }
        }
    }

    fn add_column(&self, definition: &str, splices: &mut Splices) {
        let Some(last) = self.columns.last() else { return };
        if self.constraints.is_empty() {
            self.append(last.span, definition, splices);
        } else {
            self.insert_after_comma(last.span, definition, splices);
        }
    }

    pub(super) fn add_constraint(&self, sql: &str, splices: &mut Splices) {
        let last = self.constraints.last().map(|constraint| constraint.span).or(self.columns.last().map(|column| column.span));
        if let Some(last) = last {
            self.append(last, sql, splices);
        }
    }

    fn set_type(&self, column: &ColumnText, sql: Option<&str>, splices: &mut Splices) {
        match (&column.sql_type, sql) {
            (Some(old), Some(new)) => splices.replace(old.span, closed(new)),
            (Some(old), None) => splices.remove(self.with_space(old.span)),
            (None, Some(new)) => self.insert_words(column.name.span.end, new, splices),
            (None, None) => {}
        }
    }

    fn set_not_null(&self, column: &ColumnText, on: bool, splices: &mut Splices) {
        if !on {
            return self.remove_clauses(column, |kind| *kind == Kind::NotNull, splices);
        }
        if column.not_null() {
            return;
        }
        match column.constraints.iter().find(|constraint| constraint.kind == Kind::Null) {
            Some(null) => splices.replace(null.body, "NOT NULL"),
            None => self.insert_words(behind_type(column), "NOT NULL", splices),
        }
    }

    /// Sets a clause of which the last one counts, or removes it.
    fn set_clause(&self, column: &ColumnText, is_it: impl Fn(&Kind) -> bool, clause: Option<String>, splices: &mut Splices) {
        let Some(clause) = clause else { return self.remove_clauses(column, is_it, splices) };
        match column.constraints.iter().rev().find(|constraint| is_it(&constraint.kind)) {
            Some(old) => splices.replace(old.body, closed(&clause)),
            None => self.insert_words(behind_type(column), &clause, splices),
        }
    }

    fn remove_clauses(&self, column: &ColumnText, is_it: impl Fn(&Kind) -> bool, splices: &mut Splices) {
        for constraint in column.constraints.iter().filter(|constraint| is_it(&constraint.kind)) {
            splices.remove(self.with_space(constraint.span));
        }
    }
}

fn behind_type(column: &ColumnText) -> usize {
    column.sql_type.as_ref().map_or(column.name.span.end, |sql_type| sql_type.span.end)
}
