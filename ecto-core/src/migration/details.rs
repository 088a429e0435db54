//! What is known of applied versions beyond the table that Ecto has: in a table of its own, so that Ecto can still read the other.
//!
//! It is a help and never a condition: a version without details is one that somebody else applied.

use std::collections::HashMap;

use super::own_table::OwnTable;
use crate::adapter::sql::ddl::{DdlDialect, string};
use crate::adapter::{Connection, ask};
use crate::error::Result;
use crate::types::Value;

const TABLE: &str = "schema_migration_details";

/// Where the details are.
pub(super) struct Details {
    table: OwnTable,
}

/// What is noted of a version.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Detail {
    pub name: Option<String>,
    /// Of what it did; see [`hash`](super::hash).
    pub hash: Option<String>,
    pub duration_ms: Option<i64>,
    pub applied_by: Option<String>,
    /// SQL that undoes it, where it was made from the catalogue.
    pub down: Option<String>,
}

impl Details {
    /// In the schema of the table of versions.
    pub fn inside(prefix: Option<&str>, ddl: &'static dyn DdlDialect) -> Self {
        Details { table: OwnTable::new(TABLE, prefix, ddl) }
    }

    /// What is noted, by version. Nothing where there is no such table, or another one of its name.
    pub fn read(&self, connection: &mut dyn Connection) -> HashMap<i64, Detail> {
        let columns = "\"version\", \"name\", \"hash\", \"duration_ms\", \"applied_by\", \"down\"";
        let rows = self.rows(connection, columns);
        let details = rows.into_iter().filter_map(|row| {
            let mut cells = row.into_iter();
            let version = number(cells.next()?)?;
            let [name, hash] = [text(cells.next()?), text(cells.next()?)];
            let duration_ms = number(cells.next()?);
            let [applied_by, down] = [text(cells.next()?), text(cells.next()?)];
            Some((version, Detail { name, hash, duration_ms, applied_by, down }))
        });
        details.collect()
    }

    fn rows(&self, connection: &mut dyn Connection, columns: &str) -> Vec<Vec<Value>> {
        let read = self.table.exists(connection).and_then(|there| match there {
            false => Ok(Vec::new()),
            true => ask::values(connection, &format!("SELECT {columns} FROM {}", self.table.quoted()), &[]),
        });
        // OK because a table that cannot be read says nothing, and a connection that is lost says so at the next statement.
        read.unwrap_or_default()
    }

    /// Makes the table if it is not there.
    fn create(&self, connection: &mut dyn Connection) -> Result<()> {
        self.table.create(connection, |[number, _]| {
            format!(
                "\"version\" {number} PRIMARY KEY, \"name\" text, \"hash\" text, \"duration_ms\" {number}, \"applied_by\" text, \"down\" text"
            )
        })
    }

    /// Notes a version; what was noted of it before goes.
    pub fn write(&self, connection: &mut dyn Connection, version: i64, detail: &Detail) -> Result<()> {
        self.create(connection)?;
        let Detail { name, hash, duration_ms, applied_by, down } = detail;
        let literal = |text: &Option<String>| text.as_deref().map_or_else(|| "NULL".to_owned(), string);
        let duration = duration_ms.map_or_else(|| "NULL".to_owned(), |duration| duration.to_string());
        let [name, hash, applied_by, down] = [name, hash, applied_by, down].map(literal);
        connection.script(&format!(
            "INSERT INTO {} (\"version\", \"name\", \"hash\", \"duration_ms\", \"applied_by\", \"down\") \
             VALUES ({version}, {name}, {hash}, {duration}, {applied_by}, {down}) \
             ON CONFLICT (\"version\") DO UPDATE SET \"name\" = excluded.\"name\", \"hash\" = excluded.\"hash\", \
             \"duration_ms\" = excluded.\"duration_ms\", \"applied_by\" = excluded.\"applied_by\", \"down\" = excluded.\"down\"",
            self.table.quoted()
        ))
    }

    /// Forgets a version.
    pub fn delete(&self, connection: &mut dyn Connection, version: i64) -> Result<()> {
        match self.table.exists(connection)? {
            true => connection.script(&format!("DELETE FROM {} WHERE \"version\" = {version}", self.table.quoted())),
            false => Ok(()),
        }
    }
}

fn text(value: Value) -> Option<String> {
    if let Value::Text(text) = value { Some(text.to_string()) } else { None }
}

fn number(value: Value) -> Option<i64> {
    match value {
        Value::I64(number) => Some(number),
        Value::I32(number) => Some(i64::from(number)),
        _ => None,
    }
}
