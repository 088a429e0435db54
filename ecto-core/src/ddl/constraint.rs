//! Constraints of tables that are there. Those of a new table stand in its description.

use super::{TableName, irreversible};
use crate::error::Result;

/// What a constraint demands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each name says it")]
pub enum Constraint {
    /// Every row meets this condition: SQL, written as it is.
    Check(String),
    /// No two rows collide: SQL behind the word `EXCLUDE`, written as it is.
    Exclude(String),
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
