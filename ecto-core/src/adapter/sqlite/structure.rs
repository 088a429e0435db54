//! How SQLite's structure is changed.

use super::alter::Alterations;
use super::catalogue::{self, text};
use super::lock::FileLock;
use super::manners::Patience;
use super::{SqliteAdapter, SqliteDdl, inverse, probe};
use crate::adapter::sql::ddl::write;
use crate::adapter::{Adapter, Alter, Connection, Manners, NoLock, Probe, Role, RunLock, Server, Structure, Understood, Written};
use crate::ddl::{Alteration, CreateIndex, DropIndex, Op, TableName};
use crate::error::{Error, Result, StructureError};

impl Structure for SqliteAdapter {
    /// An index is made in one here as well as without; but a migration that is refused by one database is refused by all.
    fn fits_transaction(&self, op: &Op) -> bool {
        !matches!(op, Op::CreateIndex(CreateIndex { index, .. }) | Op::DropIndex(DropIndex { index, .. }) if index.concurrently)
    }

    /// What older versions do not take, or SQLite has no words for, is left to [`alter`](Structure::alter); and constraints, since a name
    /// may be that of a default, which `DROP CONSTRAINT` would make nameless and leave there.
    fn takes(&self, op: &Op) -> bool {
        match op {
            Op::AlterTable { alterations, .. } => match alterations.as_slice() {
                [Alteration::Add(_)] => !write(op, &SqliteDdl).is_err_and(|error| error.is_unsupported()),
                [Alteration::RemoveNamed(_)] => true,
                _ => false,
            },
            Op::AddConstraint(_) | Op::DropConstraint(_) | Op::ValidateConstraint { .. } => false,
            Op::CreateIndex(CreateIndex { index, .. }) | Op::DropIndex(DropIndex { index, .. }) => !index.concurrently,
            Op::CreateTable(_)
            | Op::DropTable(_)
            | Op::RenameTable { .. }
            | Op::RenameColumn { .. }
            | Op::RenameIndex { .. }
            | Op::CreateEnum(_)
            | Op::DropEnum(_)
            | Op::AddEnumValue(_)
            | Op::RenameEnumValue { .. }
            | Op::CreateView(_)
            | Op::DropView(_)
            | Op::CreatePrefix(_)
            | Op::DropPrefix(_)
            | Op::Execute(_) => true,
        }
    }

    fn inverse(&self, change: &Understood, connection: &mut dyn Connection) -> Result<Option<Vec<String>>> {
        inverse::inverse(change, connection)
    }

    fn alter(&self, changes: &[Written]) -> Box<dyn Alter + '_> {
        Box::new(Alterations::new(self, changes, self.version))
    }

    fn lock(&self, _history: &TableName) -> Box<dyn RunLock + '_> {
        match self.path() {
            Some(path) => Box::new(FileLock::beside(path)),
            None => Box::new(NoLock),
        }
    }

    fn remote_files(&self) -> Option<String> {
        (self.remote_kind)(self.path()?)
    }

    fn manners(&self) -> Box<dyn Manners + '_> {
        Box::new(Patience::default())
    }

    /// The library itself serves, in this process.
    fn server(&self, _connection: &mut dyn Connection) -> Result<Server> {
        Ok(Server { name: format!("sqlite {}", rusqlite::version()), backend: None })
    }

    fn home(&self, _table: &TableName, _connection: &mut dyn Connection) -> Result<Option<String>> {
        Ok(None)
    }

    fn probe(&self, op: &Op, connection: &mut dyn Connection) -> Result<Probe> {
        probe::probe(op, connection)
    }

    /// A database in memory with the same tables, indexes, triggers and views.
    fn rehearsal(&self, connection: &mut dyn Connection) -> Result<Option<Box<dyn Connection>>> {
        let mut copy = self.nowhere()?;
        // What a text refers to may come after it, and a view may be broken already: SQLite looks at neither.
        for row in catalogue::rows(connection, STRUCTURE, &[])? {
            let (name, sql) = (text(&row[0]), text(&row[1]));
            // A virtual table makes tables of its own, which come after it.
            if !catalogue::exists(copy.as_mut(), &name)? {
                copy.script(&sql).map_err(|error| Error::from(StructureError::NotCopied { name }).because(error))?;
            }
        }
        Ok(Some(copy))
    }

    fn nowhere(&self) -> Result<Box<dyn Connection>> {
        SqliteAdapter::new(None, self.options.clone()).connect(Role::Writer)
    }
}

/// All that was made by a statement, tables first. SQLite's own tables come by themselves.
const STRUCTURE: &str = "SELECT name, sql FROM sqlite_schema WHERE sql NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
                         ORDER BY type = 'table' DESC, rowid";

#[cfg(test)]
mod tests;
