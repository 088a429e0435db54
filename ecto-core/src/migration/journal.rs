//! How far a migration without a transaction has come: a row for each of its steps, written before the step and after it.
//!
//! The rows go when the version is recorded. So a row that is there belongs to a run that did not come to its end.

use chrono::Utc;

use super::own_table::OwnTable;
use crate::adapter::sql::ddl::{DdlDialect, string};
use crate::adapter::{Command, Connection, ask};
use crate::ddl::TableName;
use crate::error::Result;

/// The name of the table.
const TABLE: &str = "schema_migration_steps";

/// Where steps are noted.
pub(super) struct Journal {
    table: OwnTable,
    /// SQL for the server's process.
    backend: &'static str,
}

/// A step of which something is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Noted {
    /// Counted from 1.
    pub step: usize,
    pub hash: String,
    pub mark: Mark,
}

/// What is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// It was begun. Whether it ended, nobody could write down.
    Started,
    /// The database refused it.
    Failed,
    Done,
}

impl Mark {
    fn word(self) -> &'static str {
        match self {
            Mark::Started => "started",
            Mark::Failed => "failed",
            Mark::Done => "done",
        }
    }

    fn read(word: Option<&str>) -> Mark {
        match word {
            Some("done") => Mark::Done,
            Some("failed") => Mark::Failed,
            // What another version wrote is not known to be done.
            Some(_) | None => Mark::Started,
        }
    }
}

impl Journal {
    /// In the schema of the table of versions.
    pub fn beside(history: &TableName, ddl: &'static dyn DdlDialect, backend: &'static str) -> Self {
        Journal { table: OwnTable::new(TABLE, history.prefix.as_deref(), ddl), backend }
    }

    /// What is noted of one version, or of all. Writes nothing.
    pub fn noted(&self, connection: &mut dyn Connection, version: Option<i64>) -> Result<Vec<(i64, Noted)>> {
        if !self.table.exists(connection)? {
            return Ok(Vec::new());
        }
        let only = version.map(|version| format!(" WHERE \"version\" = {version}")).unwrap_or_default();
        let sql = format!(
            "SELECT CAST(\"version\" AS text), CAST(\"step\" AS text), \"op_hash\", \"state\" FROM {}{only} ORDER BY \"version\", \"step\"",
            self.table.quoted()
        );
        let rows = ask::texts(connection, &sql)?;
        Ok(rows
            .into_iter()
            .filter_map(|row| {
                let [version, step, hash, state] = <[Option<String>; 4]>::try_from(row).ok()?;
                let noted = Noted { step: step?.parse().ok()?, hash: hash?, mark: Mark::read(state.as_deref()) };
                Some((version?.parse().ok()?, noted))
            })
            .collect())
    }

    /// Makes the table if it is not there.
    pub fn create(&self, connection: &mut dyn Connection) -> Result<()> {
        self.table.create(connection, |[version, time]| {
            format!(
                "\"version\" {version} NOT NULL, \"step\" integer NOT NULL, \"op_hash\" text NOT NULL, \"state\" text NOT NULL, \
                 \"started_at\" {time}, \"finished_at\" {time}, \"backend_pid\" integer, \"error\" text, PRIMARY KEY (\"version\", \"step\")"
            )
        })
    }

    pub fn note(&self, connection: &mut dyn Connection, version: i64, noted: &Noted, error: Option<&str>) -> Result<()> {
        let now = string(&Utc::now().format("%Y-%m-%dT%H:%M:%S").to_string());
        let ended = if noted.mark == Mark::Started { "NULL" } else { &now };
        let error = error.map_or_else(|| "NULL".to_owned(), string);
        let (step, hash, state) = (noted.step, string(&noted.hash), string(noted.mark.word()));
        connection.script(&format!(
            "INSERT INTO {} AS old (\"version\", \"step\", \"op_hash\", \"state\", \"started_at\", \"finished_at\", \"backend_pid\", \"error\") \
             VALUES ({version}, {step}, {hash}, {state}, {now}, {ended}, {}, {error}) \
             ON CONFLICT (\"version\", \"step\") DO UPDATE SET \"op_hash\" = excluded.\"op_hash\", \"state\" = excluded.\"state\", \
             \"started_at\" = CASE excluded.\"state\" WHEN 'started' THEN excluded.\"started_at\" ELSE old.\"started_at\" END, \
             \"finished_at\" = excluded.\"finished_at\", \"backend_pid\" = excluded.\"backend_pid\", \"error\" = excluded.\"error\"",
            self.table.quoted(),
            self.backend
        ))
    }

    /// Forgets a step, or all of a version. `false` if nothing was noted.
    pub fn forget(&self, connection: &mut dyn Connection, version: i64, step: Option<usize>) -> Result<bool> {
        let only = step.map(|step| format!(" AND \"step\" = {step}")).unwrap_or_default();
        let sql = format!("DELETE FROM {} WHERE \"version\" = {version}{only}", self.table.quoted());
        Ok(connection.run(Command::Raw(&sql, &[]), &mut ())? > 0)
    }
}
