//! The text of a `CREATE TABLE`, as `sqlite_schema` keeps it: read and changed without losing a byte.
//!
//! SQLite cannot change most of a table in place: it is made anew from its own text. What a change does not speak of stays as it
//! was written, with comments, quotes, collations and `ON CONFLICT`. A text that is not understood is an error, never a guess.

mod column;
mod comment;
mod constraint;
mod cursor;
mod drop;
mod edit;
mod key;
mod parse;
mod pick;
mod splice;
mod token;

#[cfg(test)]
mod tests;

pub(super) use column::ColumnText;
pub(super) use constraint::{Constraint, ForeignKey, Kind, PrimaryKey};
pub(super) use edit::Edit;
pub(super) use token::{TokenKind, mentions, tokens, unquoted};

use crate::error::StructureError;
use cursor::Name;
use parse::TableOption;
use token::{Span, Token};

/// The text of a table, and what stands where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TableText {
    sql: String,
    tokens: Vec<Token>,
    name: Name,
    columns: Vec<ColumnText>,
    /// Those of the table itself.
    constraints: Vec<Constraint>,
    /// Behind the closing parenthesis.
    end: usize,
    options: Vec<(TableOption, Span)>,
}

impl TableText {
    /// Reads a text of `sqlite_schema`.
    ///
    /// # Errors
    /// When it is no `CREATE TABLE`, or one that is not understood.
    pub(super) fn parse(sql: &str) -> Result<Self, StructureError> {
        parse::table(sql)
    }

    pub(super) fn sql(&self) -> &str {
        &self.sql
    }

    pub(super) fn name(&self) -> &str {
        &self.name.text
    }

    pub(super) fn columns(&self) -> &[ColumnText] {
        &self.columns
    }

    /// The column of this name, in any case of letters.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn column(&self, name: &str) -> Result<&ColumnText, StructureError> {
        let found = self.columns.iter().find(|column| column.is_named(name));
        found.ok_or_else(|| StructureError::NoColumn { table: self.name.text.clone(), column: name.to_owned() })
    }

    /// All constraints and clauses: those of the columns, in their order, then those of the table.
    pub(super) fn constraints(&self) -> impl Iterator<Item = &Constraint> {
        self.columns.iter().flat_map(|column| &column.constraints).chain(&self.constraints)
    }

    /// The text of a constraint, with its name.
    pub(super) fn text_of(&self, constraint: &Constraint) -> &str {
        constraint.span.of(&self.sql)
    }

    pub(super) fn primary_key(&self) -> Option<&PrimaryKey> {
        self.constraints().find_map(|constraint| {
            let Kind::PrimaryKey(key) = &constraint.kind else { return None };
            Some(key)
        })
    }

    pub(super) fn foreign_keys(&self) -> impl Iterator<Item = &ForeignKey> {
        self.constraints().filter_map(|constraint| {
            let Kind::ForeignKey(key) = &constraint.kind else { return None };
            Some(key)
        })
    }

    /// The column that is another name of the rowid.
    pub(super) fn rowid_alias(&self) -> Option<&ColumnText> {
        let key = self.primary_key().filter(|key| !key.descending && !self.without_rowid())?;
        let [column] = key.columns.as_slice() else { return None };
        let column = self.columns.iter().find(|found| found.is_named(column))?;
        column.declared_type().is_some_and(|declared| declared.eq_ignore_ascii_case("integer")).then_some(column)
    }

    pub(super) fn autoincrement(&self) -> bool {
        self.primary_key().is_some_and(|key| key.autoincrement.is_some())
    }

    pub(super) fn strict(&self) -> bool {
        self.option(TableOption::Strict).is_some()
    }

    pub(super) fn without_rowid(&self) -> bool {
        self.option(TableOption::WithoutRowid).is_some()
    }

    fn option(&self, wanted: TableOption) -> Option<Span> {
        self.options.iter().find(|(option, _)| *option == wanted).map(|(_, span)| *span)
    }

    /// The text with the changes made, one after the other.
    ///
    /// # Errors
    /// When one of them names what is not there, would leave something dangling, or inserts what does not fit.
    pub(super) fn edit(&self, edits: &[Edit]) -> Result<String, StructureError> {
        edit::all(self, edits)
    }
}
