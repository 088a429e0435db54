//! Every change to a database's structure, as data.
//!
//! Migrations make these values, the SQL writer reads them, and neither owns them: so that one description of a change can be
//! inverted, printed, checked and run. Nothing here writes SQL, knows a database or does I/O; what one database cannot do is
//! refused where its SQL is written, before anything runs.

mod alteration;
mod column;
mod constraint;
mod enumeration;
mod index;
mod losses;
mod name;
mod prefix;
mod raw;
mod reference;
mod table;
mod view;

pub use alteration::{Alteration, ColumnChange, Facet};
pub use column::{Check, Column, ColumnKind, Generated, Literal, Type};
pub use constraint::{AddConstraint, Constraint, DropConstraint, ForeignKey};
pub use enumeration::{AddEnumValue, DropEnum, EnumValue, Enumeration, Place};
pub use index::{CreateIndex, DropIndex, Index, IndexPart, Nulls, Order};
pub use name::TableName;
pub use raw::{Origin, Raw, Statement};
pub use reference::{Deferrable, Match, OnDelete, OnUpdate, Reference, references};
pub use table::{CreateTable, DropTable, TableKind};
pub use view::{DropView, View};

use crate::error::{DdlError, Result};

/// One change to the structure of a database.
///
/// Code that reads it names every variant, so that the compiler finds all places when one is added.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the fields say it")]
pub enum Op {
    CreateTable(CreateTable),
    DropTable(DropTable),
    RenameTable {
        from: TableName,
        to: TableName,
    },
    /// Columns added, changed and removed, in this order.
    AlterTable {
        table: TableName,
        alterations: Vec<Alteration>,
    },
    RenameColumn {
        table: TableName,
        from: String,
        to: String,
    },
    CreateIndex(CreateIndex),
    DropIndex(DropIndex),
    /// `index` says what it is: a database that cannot rename it makes it again.
    RenameIndex {
        index: Index,
        to: String,
    },
    AddConstraint(AddConstraint),
    DropConstraint(DropConstraint),
    /// Rows that were there before a constraint are checked now.
    ValidateConstraint {
        table: TableName,
        name: String,
    },
    CreateEnum(Enumeration),
    DropEnum(DropEnum),
    AddEnumValue(AddEnumValue),
    RenameEnumValue {
        name: TableName,
        from: String,
        to: String,
    },
    CreateView(View),
    DropView(DropView),
    /// A named schema of the database, which holds tables.
    CreatePrefix(String),
    DropPrefix(String),
    /// A statement of the database's own language, sent as it is written.
    Execute(Raw),
}

impl Op {
    /// The change that undoes this one, or none if nothing needs to be undone.
    ///
    /// # Errors
    /// When it does not say enough to be undone: a dropped table whose columns nobody named, a statement without a way back.
    /// The text names the change, the hint how to describe it.
    pub fn reverse(&self) -> Result<Option<Op>> {
        Ok(Some(match self {
            Op::CreateTable(create) => Op::DropTable(create.reverse()),
            Op::DropTable(drop) => Op::CreateTable(drop.reverse()?),
            Op::RenameTable { from, to } => Op::RenameTable { from: to.clone(), to: from.clone() },
            Op::AlterTable { table, alterations } => {
                Op::AlterTable { table: table.clone(), alterations: alteration::reverse(table, alterations)? }
            }
            Op::RenameColumn { table, from, to } => Op::RenameColumn { table: table.clone(), from: to.clone(), to: from.clone() },
            Op::CreateIndex(create) => Op::DropIndex(create.reverse()),
            Op::DropIndex(drop) => Op::CreateIndex(drop.reverse()?),
            Op::RenameIndex { index, to } => Op::RenameIndex { index: Index { name: to.clone(), ..index.clone() }, to: index.name.clone() },
            Op::AddConstraint(add) => Op::DropConstraint(add.reverse()),
            Op::DropConstraint(drop) => Op::AddConstraint(drop.reverse()?),
            Op::ValidateConstraint { .. } => return Ok(None),
            Op::CreateEnum(new) => Op::DropEnum(DropEnum { name: new.name.clone(), was: Some(new.clone()) }),
            Op::DropEnum(drop) => Op::CreateEnum(drop.reverse()?),
            Op::AddEnumValue(add) => return irreversible(add.describe(), None),
            Op::RenameEnumValue { name, from, to } => Op::RenameEnumValue { name: name.clone(), from: to.clone(), to: from.clone() },
            Op::CreateView(view) => Op::DropView(DropView { name: view.name.clone(), was: Some(view.clone()) }),
            Op::DropView(drop) => Op::CreateView(drop.reverse()?),
            Op::CreatePrefix(name) => Op::DropPrefix(name.clone()),
            Op::DropPrefix(name) => Op::CreatePrefix(name.clone()),
            Op::Execute(raw) => Op::Execute(raw.reverse()?),
        }))
    }

    /// Can it be undone? What is new is taken away again; all else is tried.
    pub(crate) fn check_reversible(&self) -> Result<()> {
        let is_new = matches!(
            self,
            Op::CreateTable(_) | Op::CreateIndex(_) | Op::AddConstraint(_) | Op::CreateEnum(_) | Op::CreateView(_) | Op::CreatePrefix(_)
        );
        if is_new { Ok(()) } else { self.reverse().map(drop) }
    }

    /// Looks for what no database would take: empty names, a table without columns, options that contradict each other.
    ///
    /// # Errors
    /// The first such mistake, with the name of the table or column.
    pub fn check(&self) -> Result<()> {
        for name in self.names() {
            name::check(name)?;
        }
        match self {
            Op::CreateTable(create) => create.check(),
            Op::AlterTable { table, alterations } => alterations.iter().try_for_each(|alteration| alteration.check(table)),
            Op::CreateIndex(create) => create.index.check(),
            Op::AddConstraint(add) => add.check(),
            Op::CreateEnum(new) => new.check(),
            Op::CreateView(view) if view.sql.contains('\0') => Err(DdlError::SqlWithNul.into()),
            Op::Execute(raw) => raw.check(),
            Op::DropTable(_)
            | Op::RenameTable { .. }
            | Op::RenameColumn { .. }
            | Op::DropIndex(_)
            | Op::RenameIndex { .. }
            | Op::DropConstraint(_)
            | Op::DropEnum(_)
            | Op::AddEnumValue(_)
            | Op::RenameEnumValue { .. }
            | Op::CreateView(_)
            | Op::DropView(_)
            | Op::CreatePrefix(_)
            | Op::DropPrefix(_)
            | Op::ValidateConstraint { .. } => Ok(()),
        }
    }

    /// Every identifier that is named, in the order in which it is written.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::with_capacity(16);
        match self {
            Op::CreateTable(create) => create.collect_names(&mut names),
            Op::DropTable(drop) => drop.table.collect_names(&mut names),
            Op::RenameTable { from, to } => {
                from.collect_names(&mut names);
                to.collect_names(&mut names);
            }
            Op::AlterTable { table, alterations } => {
                table.collect_names(&mut names);
                alterations.iter().for_each(|alteration| alteration.collect_names(&mut names));
            }
            Op::RenameIndex { index, to } => {
                index.collect_names(&mut names);
                names.push(to);
            }
            Op::RenameColumn { table, from, to } => {
                table.collect_names(&mut names);
                names.extend([from.as_str(), to.as_str()]);
            }
            Op::CreateIndex(CreateIndex { index, .. }) | Op::DropIndex(DropIndex { index, .. }) => index.collect_names(&mut names),
            Op::AddConstraint(add) => add.collect_names(&mut names),
            Op::DropConstraint(DropConstraint { table, name, .. }) | Op::ValidateConstraint { table, name } => {
                table.collect_names(&mut names);
                names.push(name);
            }
            Op::CreateEnum(Enumeration { name, .. })
            | Op::DropEnum(DropEnum { name, .. })
            | Op::CreateView(View { name, .. })
            | Op::DropView(DropView { name, .. }) => name.collect_names(&mut names),
            // A value is a name, too: it is cut like one.
            Op::AddEnumValue(AddEnumValue { name, value: EnumValue { text: value, .. } }) | Op::RenameEnumValue { name, to: value, .. } => {
                name.collect_names(&mut names);
                names.push(value);
            }
            Op::CreatePrefix(name) | Op::DropPrefix(name) => names.push(name),
            Op::Execute(_) => {}
        }
        names
    }

    /// The change in a few words, for progress reports and errors: ``create table `users` ``.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Op::CreateTable(create) => format!("create table `{}`", create.table),
            Op::DropTable(drop) => format!("drop table `{}`", drop.table),
            Op::RenameTable { from, to } => format!("rename table `{from}` to `{to}`"),
            Op::AlterTable { table, alterations } => {
                let parts: Vec<String> = alterations.iter().map(Alteration::describe).collect();
                format!("alter table `{table}`: {}", parts.join(", "))
            }
            Op::RenameColumn { table, from, to } => format!("rename column `{from}` of `{table}` to `{to}`"),
            Op::CreateIndex(create) => create.index.describe("create"),
            Op::DropIndex(drop) => drop.index.describe("drop"),
            Op::RenameIndex { index, to } => format!("rename index `{}` to `{to}`", index.name),
            Op::AddConstraint(add) => format!("create constraint `{}` on `{}`", add.name, add.table),
            Op::DropConstraint(drop) => format!("drop constraint `{}` of `{}`", drop.name, drop.table),
            Op::ValidateConstraint { table, name } => format!("validate constraint `{name}` of `{table}`"),
            Op::CreateEnum(new) => format!("create enum `{}`", new.name),
            Op::DropEnum(drop) => format!("drop enum `{}`", drop.name),
            Op::AddEnumValue(add) => add.describe(),
            Op::RenameEnumValue { name, from, to } => format!("rename value `{from}` of enum `{name}` to `{to}`"),
            Op::CreateView(view) => format!("create view `{}`", view.name),
            Op::DropView(drop) => format!("drop view `{}`", drop.name),
            Op::CreatePrefix(name) => format!("create prefix `{name}`"),
            Op::DropPrefix(name) => format!("drop prefix `{name}`"),
            Op::Execute(raw) => raw.describe(),
        }
    }
}

/// The way back of a list of changes: each one undone, the last one first.
///
/// # Errors
/// When one of them cannot be undone; nothing is returned then, so that nothing of the list can run.
pub fn reverse(ops: &[Op]) -> Result<Vec<Op>> {
    ops.iter().rev().filter_map(|op| op.reverse().transpose()).collect()
}

/// Says that a change cannot be undone, and what would make it possible.
fn irreversible<T>(operation: String, remedy: Option<&'static str>) -> Result<T> {
    Err(DdlError::Irreversible { operation, remedy }.into())
}

#[cfg(test)]
mod tests;
