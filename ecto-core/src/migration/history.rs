//! The table of applied versions: Ecto's own, so that a database that Ecto migrated can be taken over, and given back.

use std::cell::Cell;

use chrono::Utc;

use super::details::{Detail, Details};
use crate::adapter::sql::ddl::{DdlDialect, quote_table, string};
use crate::adapter::{Command, Connection, ask};
use crate::ddl::TableName;
use crate::error::{Error, MigrationError, Result};
use crate::types::Value;

/// The name that Ecto gives it.
const TABLE: &str = "schema_migrations";

/// Where versions are recorded.
pub(super) struct History {
    table: TableName,
    pub details: Details,
    ddl: &'static dyn DdlDialect,
    /// Was the table seen? It is not looked for again then.
    seen: Cell<bool>,
}

/// A version that was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Applied {
    pub version: i64,
    /// As the database prints it: a point in time in UTC.
    pub at: Option<String>,
    /// What else was noted, if that was asked for and anything was.
    pub detail: Option<Detail>,
}

impl History {
    pub fn new(ddl: &'static dyn DdlDialect, prefix: Option<&str>) -> Self {
        let table = TableName { name: TABLE.to_owned(), prefix: prefix.map(str::to_owned) };
        History { details: Details::beside(&table, ddl), table, ddl, seen: Cell::new(false) }
    }

    /// In this schema, wherever the search path leads meanwhile.
    pub fn inside(mut self, schema: Option<String>) -> Self {
        self.table.prefix = schema;
        self.details = Details::beside(&self.table, self.ddl);
        self
    }

    pub fn table(&self) -> &TableName {
        &self.table
    }

    /// What was applied, with what else was noted of it.
    pub fn detailed(&self, connection: &mut dyn Connection) -> Result<Vec<Applied>> {
        let mut applied = self.applied(connection)?;
        let mut details = self.details.read(connection);
        applied.iter_mut().for_each(|applied| applied.detail = details.remove(&applied.version));
        Ok(applied)
    }

    /// What was applied, the oldest version first. Writes nothing: where there is no table, nothing was.
    pub fn applied(&self, connection: &mut dyn Connection) -> Result<Vec<Applied>> {
        if !self.exists(connection)? {
            return Ok(Vec::new());
        }
        let sql = format!("SELECT \"version\", CAST(\"inserted_at\" AS text) FROM {} ORDER BY \"version\"", quote_table(&self.table));
        let rows = ask::values(connection, &sql, &[])?;
        rows.iter().map(|row| self.applied_row(row)).collect()
    }

    fn applied_row(&self, row: &[Value]) -> Result<Applied> {
        let version = match row.first() {
            Some(Value::I64(version)) => *version,
            Some(Value::I32(version)) => i64::from(*version),
            other => return Err(MigrationError::History { table: self.table.to_string(), found: format!("{other:?}") }.into()),
        };
        let at = match row.get(1) {
            Some(Value::Text(text)) => Some(text.to_string()),
            _ => None,
        };
        Ok(Applied { version, at, detail: None })
    }

    pub fn exists(&self, connection: &mut dyn Connection) -> Result<bool> {
        if !self.seen.get() {
            self.seen.set(ask::any(connection, &self.ddl.table_exists(&self.table))?);
        }
        Ok(self.seen.get())
    }

    /// Makes the table if it is not there.
    pub fn create(&self, connection: &mut dyn Connection) -> Result<()> {
        if self.exists(connection)? {
            return Ok(());
        }
        let [version, inserted_at] = self.ddl.history_types();
        let table = quote_table(&self.table);
        connection.script(&format!("CREATE TABLE IF NOT EXISTS {table} (\"version\" {version} PRIMARY KEY, \"inserted_at\" {inserted_at})"))
    }

    /// Says which table could not be made, and what to look at.
    pub fn not_made(&self, error: Error) -> Error {
        match error.is_refused() {
            true => MigrationError::NoHistoryTable { table: self.table.to_string(), reason: error.message() }.into(),
            false => error,
        }
    }

    /// Records a version. In a transaction this waits for a rival that records the same one, and then fails as a duplicate.
    pub fn insert(&self, connection: &mut dyn Connection, version: i64) -> Result<()> {
        let now = string(&Utc::now().format("%Y-%m-%dT%H:%M:%S").to_string());
        connection.script(&format!("INSERT INTO {} (\"version\", \"inserted_at\") VALUES ({version}, {now})", quote_table(&self.table)))
    }

    /// Forgets a version. `false` if it was not recorded, because a rival was faster.
    pub fn delete(&self, connection: &mut dyn Connection, version: i64) -> Result<bool> {
        let sql = format!("DELETE FROM {} WHERE \"version\" = {version}", quote_table(&self.table));
        Ok(connection.run(Command::Raw(&sql, &[]), &mut ())? > 0)
    }
}
