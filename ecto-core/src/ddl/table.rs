//! Tables made, dropped and altered.

use super::{Check, Column, TableName, irreversible};
use crate::error::{DdlError, Result};

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
}

impl CreateTable {
    /// A table of these columns.
    #[must_use]
    pub fn new(table: impl Into<TableName>, columns: Vec<Column>) -> Self {
        CreateTable { table: table.into(), columns, checks: Vec::new(), if_not_exists: false, comment: None, options: None }
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

/// A change to one column of a table that is there.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the fields say it")]
#[expect(clippy::large_enum_variant, reason = "a migration has a handful of them, for a moment")]
pub enum Alteration {
    Add(Column),
    AddIfNotExists(Column),
    /// `to` says how the column shall be; `from`, where it is known, how it was.
    Modify {
        to: Column,
        from: Option<Column>,
    },
    Remove(Column),
    /// A column of which only the name is known.
    RemoveNamed(String),
    RemoveIfExists(String),
}

impl Alteration {
    fn reverse(&self, table: &TableName) -> Result<Alteration> {
        let refuse = |remedy: Option<&'static str>| irreversible(format!("{} of table `{table}`", self.describe()), remedy);
        match self {
            Alteration::Add(column) => Ok(Alteration::Remove(column.clone())),
            Alteration::Remove(column) => Ok(Alteration::Add(column.clone())),
            Alteration::Modify { to, from: Some(from) } => Ok(Alteration::Modify { to: from.clone(), from: Some(to.clone()) }),
            Alteration::Modify { from: None, .. } => refuse(Some("say what it was: `t.modify(..).from(Type::..)`")),
            Alteration::RemoveNamed(_) => refuse(Some("say its type: `t.remove_of(name, Type::..)`")),
            Alteration::AddIfNotExists(_) | Alteration::RemoveIfExists(_) => refuse(None),
        }
    }

    pub(super) fn check(&self, table: &TableName) -> Result<()> {
        match self {
            Alteration::Add(column) | Alteration::AddIfNotExists(column) | Alteration::Remove(column) => column.check(table),
            Alteration::Modify { to, from } => {
                std::iter::once(to).chain(from).try_for_each(|column| column.check(table).and_then(|()| column.check_modify(table)))
            }
            Alteration::RemoveNamed(_) | Alteration::RemoveIfExists(_) => Ok(()),
        }
    }

    pub(super) fn collect_names<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Alteration::Add(column) | Alteration::AddIfNotExists(column) | Alteration::Remove(column) => column.collect_names(names),
            Alteration::Modify { to, from } => to.collect_names_with(from.as_ref(), names),
            Alteration::RemoveNamed(name) | Alteration::RemoveIfExists(name) => names.push(name),
        }
    }

    /// The change in two words: ``add `email` ``.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Alteration::Add(column) | Alteration::AddIfNotExists(column) => format!("add `{}`", column.name),
            Alteration::Modify { to, .. } => format!("modify `{}`", to.name),
            Alteration::Remove(Column { name, .. }) | Alteration::RemoveNamed(name) | Alteration::RemoveIfExists(name) => {
                format!("remove `{name}`")
            }
        }
    }
}

pub(super) fn reverse(table: &TableName, alterations: &[Alteration]) -> Result<Vec<Alteration>> {
    alterations.iter().rev().map(|alteration| alteration.reverse(table)).collect()
}

impl Column {
    fn collect_names_with<'a>(&'a self, from: Option<&'a Column>, names: &mut Vec<&'a str>) {
        self.collect_names(names);
        if let Some(from) = from {
            from.collect_names(names);
        }
    }
}
