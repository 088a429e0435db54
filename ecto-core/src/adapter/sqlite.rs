//! SQLite, by rusqlite: a file with one writer and many readers, or a database in memory with one connection.

mod alter;
mod baseline;
mod blame;
mod catalogue;
mod codec;
mod connection;
mod ddl_dialect;
mod decimal;
mod dependants;
mod dialect;
mod disk;
mod enumeration;
mod fault;
mod foreign_key;
mod inverse;
mod lock;
mod manners;
mod mounts;
mod open;
mod plan;
mod probe;
mod rebuild;
mod rowid;
mod rows;
mod storage;
mod structure;
mod table_text;
mod url;

pub(super) use codec::RowReader;
pub(crate) use ddl_dialect::SqliteDdl;
pub(super) use url::SCHEME;

use std::path::{Path, PathBuf};

use super::{Adapter, ConnectOptions, Connection, Role, Storage, Structure, Topology};
use crate::capability::Capabilities;
use crate::error::Result;
use connection::SqliteConnection;

static CAPABILITIES: Capabilities = Capabilities {
    database: "SQLite",
    row_locks: false,
    array_params: false,
    atomic_bulk: false,
    distinct_on: false,
    ilike: true,
    prefixes: false,
};

/// A SQLite database.
pub(super) struct SqliteAdapter {
    /// None in memory.
    path: Option<PathBuf>,
    description: String,
    options: ConnectOptions,
    /// Of the library: newer ones alter more in place.
    version: i32,
    /// Of the disk that a table made anew needs room on.
    free_space: disk::FreeSpace,
    /// Of the file system that the file is on.
    remote_kind: mounts::RemoteKind,
}

impl SqliteAdapter {
    /// A file, or a database in memory.
    pub(super) fn new(path: Option<PathBuf>, options: ConnectOptions) -> Self {
        let description = path.as_ref().map_or_else(|| "sqlite::memory:".to_owned(), |path| format!("sqlite://{}", path.display()));
        let version = rusqlite::version_number();
        SqliteAdapter { path, description, options, version, free_space: disk::free_space, remote_kind: mounts::remote_kind }
    }

    fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }
}

impl Adapter for SqliteAdapter {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn topology(&self) -> Topology {
        if self.path.is_some() { Topology::OneWriter } else { Topology::Single }
    }

    fn connect(&self, role: Role) -> Result<Box<dyn Connection>> {
        let driver = open::open(self.path(), role, &self.options)?;
        Ok(Box::new(SqliteConnection::new(driver, self.options.statement_cache, self.options.stable_plans)?))
    }

    fn storage(&self) -> &dyn Storage {
        self
    }

    fn describe(&self) -> &str {
        &self.description
    }

    fn dialect(&self) -> &'static dyn super::sql::Dialect {
        &dialect::DIALECT
    }

    fn ddl(&self) -> &'static dyn super::sql::ddl::DdlDialect {
        &SqliteDdl
    }

    fn structure(&self) -> &dyn Structure {
        self
    }
}

#[cfg(test)]
mod tests;
