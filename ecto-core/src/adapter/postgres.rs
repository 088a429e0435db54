//! PostgreSQL, by the synchronous `postgres` driver and rustls.

mod bulk;
mod codec;
mod connection;
mod ddl_dialect;
mod dialect;
mod fault;
mod inverse;
mod lock;
mod manners;
mod notice;
mod prepared;
mod probe;
mod progress;
mod runtime;
mod session;
mod storage;
mod structure;
mod tls;
mod transaction;
mod untyped;
mod url;

pub(super) use codec::RowReader;
pub(crate) use ddl_dialect::PostgresDdl;
pub(super) use url::SCHEME;

use super::{Adapter, ConnectOptions, Connection, Role, Storage, Structure, Topology};
use crate::capability::Capabilities;
use crate::error::Result;
use connection::PostgresConnection;
use session::Door;
use url::Target;

static CAPABILITIES: Capabilities = Capabilities {
    database: "PostgreSQL",
    row_locks: true,
    array_params: true,
    distinct_on: true,
    ilike: true,
    prefixes: true,
    atomic_bulk: true,
};

/// A PostgreSQL database.
pub(super) struct PostgresAdapter {
    door: Door,
    options: ConnectOptions,
}

impl PostgresAdapter {
    /// A database of a server.
    ///
    /// # Errors
    /// When the root certificates cannot be read.
    fn new(target: Target, options: ConnectOptions) -> Result<Self> {
        Ok(PostgresAdapter { door: Door::new(&target, &options)?, options })
    }
}

impl Adapter for PostgresAdapter {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn topology(&self) -> Topology {
        Topology::Uniform
    }

    fn connect(&self, _role: Role) -> Result<Box<dyn Connection>> {
        let (client, notices) = self.door.open()?;
        Ok(Box::new(PostgresConnection::new(client, notices, self.door.tls().clone(), self.options.statement_cache, self.options.prepare)))
    }

    fn storage(&self) -> &dyn Storage {
        self
    }

    fn describe(&self) -> &str {
        self.door.description()
    }

    fn dialect(&self) -> &'static dyn super::sql::Dialect {
        &dialect::DIALECT
    }

    fn ddl(&self) -> &'static dyn super::sql::ddl::DdlDialect {
        &PostgresDdl
    }

    fn structure(&self) -> &dyn Structure {
        self
    }
}

#[cfg(test)]
mod tests;
