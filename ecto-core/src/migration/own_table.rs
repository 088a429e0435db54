//! A table that runs of migrations keep for themselves, beside those of the application.

use std::cell::Cell;

use crate::adapter::sql::ddl::{DdlDialect, quote_table};
use crate::adapter::{Connection, ask};
use crate::ddl::TableName;
use crate::error::Result;

/// Where it is, and whether it is known to be there.
pub(super) struct OwnTable {
    name: TableName,
    ddl: &'static dyn DdlDialect,
    /// It is not looked for again then.
    seen: Cell<bool>,
}

impl OwnTable {
    /// In this schema, if in any.
    pub fn new(name: &str, prefix: Option<&str>, ddl: &'static dyn DdlDialect) -> Self {
        let name = TableName { name: name.to_owned(), prefix: prefix.map(str::to_owned) };
        OwnTable { name, ddl, seen: Cell::new(false) }
    }

    pub fn name(&self) -> &TableName {
        &self.name
    }

    /// As it stands in a statement.
    pub fn quoted(&self) -> String {
        quote_table(&self.name)
    }

    pub fn exists(&self, connection: &mut dyn Connection) -> Result<bool> {
        if !self.seen.get() {
            self.seen.set(ask::any(connection, &self.ddl.table_exists(&self.name))?);
        }
        Ok(self.seen.get())
    }

    /// Makes it if it is not there; `columns` are told the types of versions and of points in time. `IF NOT EXISTS` alone is remarked upon
    /// by databases that make remarks.
    pub fn create(&self, connection: &mut dyn Connection, columns: impl FnOnce([&str; 2]) -> String) -> Result<()> {
        // That it is made here is not kept: the transaction may be undone.
        if self.exists(connection)? {
            return Ok(());
        }
        let columns = columns(self.ddl.history_types());
        connection.script(&format!("CREATE TABLE IF NOT EXISTS {} ({columns})", self.quoted()))
    }
}
