//! Tables made and dropped.

use super::{Check, Column, TableName, irreversible};
use crate::error::{DdlError, Result};

/// How long a table lives, and what of it survives a crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TableKind {
    /// Until it is dropped, and whole.
    #[default]
    Plain,
    /// Its rows are not written to the log: faster, and lost in a crash.
    Unlogged,
    /// It is seen by this session alone, and goes with it.
    Temporary,
}

/// A new table.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CreateTable {
    /// Its name.
    pub table: TableName,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Conditions over more than one column.
    pub checks: Vec<Check>,
    /// Leave a table alone that is there already.
    pub if_not_exists: bool,
    /// A remark that the database keeps.
    pub comment: Option<String>,
    /// SQL behind the closing parenthesis, written as it is.
    pub options: Option<String>,
    /// How long it lives.
    pub kind: TableKind,
}

impl CreateTable {
    /// A table of these columns.
    #[must_use]
    pub fn new(table: impl Into<TableName>, columns: Vec<Column>) -> Self {
        CreateTable {
            table: table.into(),
            columns,
            checks: Vec::new(),
            if_not_exists: false,
            comment: None,
            options: None,
            kind: TableKind::default(),
        }
    }

    pub(super) fn reverse(&self) -> DropTable {
        DropTable { table: self.table.clone(), if_exists: self.if_not_exists, cascade: false, was: Some(Box::new(self.clone())) }
    }

    pub(super) fn check(&self) -> Result<()> {
        let table = || self.table.to_string();
        if self.columns.is_empty() {
            return Err(DdlError::NoColumns { table: table() }.into());
        }
        for (at, column) in self.columns.iter().enumerate() {
            column.check(&self.table)?;
            column.check_new(&self.table)?;
            if self.columns[..at].iter().any(|earlier| earlier.name == column.name) {
                return Err(DdlError::Column { table: table(), column: column.name.clone(), reason: "it is named twice" }.into());
            }
        }
        Ok(())
    }

    pub(super) fn collect_names<'a>(&'a self, names: &mut Vec<&'a str>) {
        self.table.collect_names(names);
        self.columns.iter().for_each(|column| column.collect_names(names));
        names.extend(self.checks.iter().map(|check| check.name.as_str()));
    }
}

/// A table that goes, with its rows.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct DropTable {
    /// Its name.
    pub table: TableName,
    /// Do nothing where there is none.
    pub if_exists: bool,
    /// Drop what depends on it, too.
    pub cascade: bool,
    /// What it was, where that is known: only then is there a way back.
    pub was: Option<Box<CreateTable>>,
}

impl DropTable {
    pub(super) fn reverse(&self) -> Result<CreateTable> {
        match &self.was {
            Some(was) => Ok(CreateTable { if_not_exists: self.if_exists, ..(**was).clone() }),
            None => irreversible(format!("drop table `{}`", self.table), Some("describe the table with `drop_table_of`")),
        }
    }
}
