//! The table of applied versions: Ecto's own, so that a database that Ecto migrated can be taken over, and given back.

use chrono::Utc;

use super::details::{Detail, Details};
use super::own_table::OwnTable;
use crate::adapter::sql::ddl::{DdlDialect, string};
use crate::adapter::{Command, Connection, ask};
use crate::ddl::TableName;
use crate::error::{Error, MigrationError, Result};
use crate::types::Value;

/// The name that Ecto gives it.
const TABLE: &str = "schema_migrations";

/// Where versions are recorded.
pub(super) struct History {
    table: OwnTable,
    pub details: Details,
    ddl: &'static dyn DdlDialect,
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
        History { table: OwnTable::new(TABLE, prefix, ddl), details: Details::inside(prefix, ddl), ddl }
    }

    /// In this schema, wherever the search path leads meanwhile.
    pub fn inside(self, schema: Option<&str>) -> Self {
        History::new(self.ddl, schema)
    }

    pub fn table(&self) -> &TableName {
        self.table.name()
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
        let sql = format!("SELECT \"version\", CAST(\"inserted_at\" AS text) FROM {} ORDER BY \"version\"", self.table.quoted());
        let rows = ask::values(connection, &sql, &[])?;
        rows.iter().map(|row| self.applied_row(row)).collect()
    }

    fn applied_row(&self, row: &[Value]) -> Result<Applied> {
        let version = match row.first() {
            Some(Value::I64(version)) => *version,
            Some(Value::I32(version)) => i64::from(*version),
            other => return Err(MigrationError::History { table: self.table().to_string(), found: format!("{other:?}") }.into()),
        };
        let at = match row.get(1) {
            Some(Value::Text(text)) => Some(text.to_string()),
            _ => None,
        };
        Ok(Applied { version, at, detail: None })
    }

    pub fn exists(&self, connection: &mut dyn Connection) -> Result<bool> {
        self.table.exists(connection)
    }

    /// Makes the table if it is not there.
    pub fn create(&self, connection: &mut dyn Connection) -> Result<()> {
        self.table.create(connection, |[version, time]| format!("\"version\" {version} PRIMARY KEY, \"inserted_at\" {time}"))
    }

    /// Says which table could not be made, and what to look at.
    pub fn not_made(&self, error: Error) -> Error {
        match error.is_refused() {
            true => MigrationError::NoHistoryTable { table: self.table().to_string(), reason: error.message() }.into(),
            false => error,
        }
    }

    /// Records a version. In a transaction this waits for a rival that records the same one, and then fails as a duplicate.
    pub fn insert(&self, connection: &mut dyn Connection, version: i64) -> Result<()> {
        let now = string(&Utc::now().format("%Y-%m-%dT%H:%M:%S").to_string());
        connection.script(&format!("INSERT INTO {} (\"version\", \"inserted_at\") VALUES ({version}, {now})", self.table.quoted()))
    }

    /// Forgets a version. `false` if it was not recorded, because a rival was faster.
    pub fn delete(&self, connection: &mut dyn Connection, version: i64) -> Result<bool> {
        let sql = format!("DELETE FROM {} WHERE \"version\" = {version}", self.table.quoted());
        Ok(connection.run(Command::Raw(&sql, &[]), &mut ())? > 0)
    }
}
