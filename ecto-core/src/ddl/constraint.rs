//! Constraints of tables that are there. Those of a new table stand in its description.

use super::{Reference, TableName, irreversible};
use crate::error::{DdlError, Result};

/// Why a list of columns to set is refused.
pub(super) const FOREIGN_COLUMNS: &str = "what happens on a deletion names columns that are not in the foreign key";

/// What a constraint demands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each name says it")]
#[expect(clippy::large_enum_variant, reason = "a migration has a handful of them, for a moment")]
pub enum Constraint {
    /// Every row meets this condition: SQL, written as it is.
    Check(String),
    /// No two rows collide: SQL behind the word `EXCLUDE`, written as it is.
    Exclude(String),
    /// No two rows have the same values in these columns.
    Unique(Vec<String>),
    PrimaryKey(Vec<String>),
    ForeignKey(ForeignKey),
    /// SQL behind the name, written as it is.
    Sql(String),
}

/// Columns that must have their like in another table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub struct ForeignKey {
    pub column: String,
    /// Further columns of a composite key stand in its `with`.
    pub reference: Reference,
}

impl Constraint {
    pub(super) fn collect_names<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Constraint::Check(_) | Constraint::Exclude(_) | Constraint::Sql(_) => {}
            Constraint::Unique(columns) | Constraint::PrimaryKey(columns) => names.extend(columns.iter().map(String::as_str)),
            Constraint::ForeignKey(key) => {
                names.push(&key.column);
                key.reference.collect_names(names);
            }
        }
    }
}

/// A new constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AddConstraint {
    /// The table.
    pub table: TableName,
    /// Its name, which violations are told apart by.
    pub name: String,
    /// What it demands.
    pub constraint: Constraint,
    /// Are the rows that are there already checked?
    pub validate: bool,
    /// A remark that the database keeps.
    pub comment: Option<String>,
}

impl AddConstraint {
    /// A constraint that holds for all rows, also those that are there.
    #[must_use]
    pub fn new(table: impl Into<TableName>, name: impl Into<String>, constraint: Constraint) -> Self {
        AddConstraint { table: table.into(), name: name.into(), constraint, validate: true, comment: None }
    }

    /// Holds for new rows only, until [`validate_constraint`](crate::migration::Change::validate_constraint) checks the others.
    #[must_use]
    pub fn not_valid(mut self) -> Self {
        self.validate = false;
        self
    }

    /// A remark that the database keeps.
    #[must_use]
    pub fn comment(mut self, text: impl Into<String>) -> Self {
        self.comment = Some(text.into());
        self
    }

    pub(super) fn collect_names<'a>(&'a self, names: &mut Vec<&'a str>) {
        self.table.collect_names(names);
        names.push(&self.name);
        self.constraint.collect_names(names);
    }

    pub(super) fn check(&self) -> Result<()> {
        let refuse = |reason| Err(DdlError::Constraint { constraint: self.name.clone(), reason }.into());
        match &self.constraint {
            Constraint::Unique(columns) | Constraint::PrimaryKey(columns) if columns.is_empty() => refuse("it names no column"),
            Constraint::ForeignKey(key) if key.reference.names_foreign_columns(&key.column) => refuse(FOREIGN_COLUMNS),
            Constraint::Unique(_) | Constraint::PrimaryKey(_) if !self.validate => refuse("a key always holds for all rows"),
            Constraint::Check(_)
            | Constraint::Exclude(_)
            | Constraint::Unique(_)
            | Constraint::PrimaryKey(_)
            | Constraint::ForeignKey(_)
            | Constraint::Sql(_) => Ok(()),
        }
    }

    pub(super) fn reverse(&self) -> DropConstraint {
        DropConstraint { table: self.table.clone(), name: self.name.clone(), if_exists: false, was: Some(Box::new(self.clone())) }
    }
}

/// A constraint that goes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DropConstraint {
    /// The table.
    pub table: TableName,
    /// Its name.
    pub name: String,
    /// Do nothing where there is none.
    pub if_exists: bool,
    /// What it was, where that is known: only then is there a way back.
    pub was: Option<Box<AddConstraint>>,
}

impl DropConstraint {
    /// By its name alone.
    #[must_use]
    pub fn new(table: impl Into<TableName>, name: impl Into<String>) -> Self {
        DropConstraint { table: table.into(), name: name.into(), if_exists: false, was: None }
    }

    pub(super) fn reverse(&self) -> Result<AddConstraint> {
        match &self.was {
            Some(was) => Ok((**was).clone()),
            None => irreversible(format!("drop constraint `{}` of `{}`", self.name, self.table), None),
        }
    }
}
