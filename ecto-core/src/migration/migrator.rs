//! The door: what there is and what was applied, brought together.

use super::history::{Applied, History};
use super::runner::{Event, Prepared, Session, prepare};
use super::schedule::{self, Direction, Entry, Until};
use super::source::{Available, Migrations};
use crate::adapter::{Adapter, Connection, Role, StorageStatus, Topology};
use crate::error::Result;

/// Brings one database to a version.
pub struct Migrator<'a> {
    adapter: &'a dyn Adapter,
    migrations: &'a Migrations,
    strict: bool,
}

/// How a migration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub enum State {
    Up,
    Down,
    /// It was applied, and there is no migration for it.
    Missing,
}

/// One line of a status report.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub struct Status {
    pub version: i64,
    /// `None` where there is no migration.
    pub name: Option<String>,
    pub state: State,
    /// When it was applied, in UTC, as the database prints it.
    pub applied_at: Option<String>,
}

impl<'a> Migrator<'a> {
    /// For this database and these migrations.
    #[must_use]
    pub fn new(adapter: &'a dyn Adapter, migrations: &'a Migrations) -> Self {
        Migrator { adapter, migrations, strict: false }
    }

    /// Refuses to run a migration that is older than one that was applied. Otherwise that is only reported.
    #[must_use]
    pub fn strict_version_order(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Runs migrations on a connection of its own. Returns the versions, in the order in which they ran.
    ///
    /// # Errors
    /// When they contradict each other, when one of those that would run cannot be read, written or undone (then nothing has run), or when
    /// the database refuses one: that one is undone, those before it stay.
    pub fn run(&self, direction: Direction, until: Until, report: &mut dyn FnMut(Event<'_>)) -> Result<Vec<i64>> {
        self.run_on(self.adapter.connect(Role::Writer)?.as_mut(), direction, until, report)
    }

    /// The same on a connection that is there, which a database in memory needs. No transaction may be open.
    ///
    /// # Errors
    /// See [`run`](Migrator::run).
    pub fn run_on(
        &self,
        connection: &mut dyn Connection,
        direction: Direction,
        until: Until,
        report: &mut dyn FnMut(Event<'_>),
    ) -> Result<Vec<i64>> {
        let ddl = self.adapter.ddl();
        let mut session = Session { connection, ddl, history: History::new(ddl) };
        let applied: Vec<i64> = session.history.applied(session.connection)?.iter().map(|applied| applied.version).collect();
        let prepared = self.schedule(&applied, direction, until, report)?;
        let mut ran = Vec::new();
        for migration in &prepared {
            if session.run(migration, report)? {
                ran.push(migration.version());
            }
        }
        Ok(ran)
    }

    fn schedule(
        &self,
        applied: &[i64],
        direction: Direction,
        until: Until,
        report: &mut dyn FnMut(Event<'_>),
    ) -> Result<Vec<Prepared<'a>>> {
        let list = self.migrations.list()?;
        let entries: Vec<Entry<'_>> = list.iter().map(Available::entry).collect();
        let schedule = schedule::plan(&entries, applied, direction, until)?;
        if self.strict {
            schedule::in_order(&schedule, &entries, applied)?;
        }
        let prepared = schedule.steps.iter().map(|at| prepare(&list[*at], direction, self.adapter.ddl())).collect();
        let newest = applied.iter().copied().max().unwrap_or_default();
        schedule.late.iter().for_each(|version| report(Event::Late { version: *version, newest }));
        schedule.missing.iter().for_each(|version| report(Event::Missing { version: *version }));
        prepared
    }

    /// How each migration stands, the oldest first. Writes nothing, and makes no database.
    ///
    /// # Errors
    /// When migrations contradict each other, or when the database cannot be asked.
    pub fn status(&self) -> Result<Vec<Status>> {
        // A file that connecting would make: nothing was applied to it.
        if self.adapter.topology() != Topology::Uniform && self.adapter.storage().status()? == StorageStatus::Down {
            return self.report_status(&[]);
        }
        self.status_on(self.adapter.connect(Role::Reader)?.as_mut())
    }

    /// The same on a connection that is there.
    ///
    /// # Errors
    /// See [`status`](Migrator::status).
    pub fn status_on(&self, connection: &mut dyn Connection) -> Result<Vec<Status>> {
        let applied = History::new(self.adapter.ddl()).applied(connection)?;
        self.report_status(&applied)
    }

    fn report_status(&self, applied: &[Applied]) -> Result<Vec<Status>> {
        let list = self.migrations.list()?;
        let entries: Vec<Entry<'_>> = list.iter().map(Available::entry).collect();
        let versions: Vec<i64> = applied.iter().map(|applied| applied.version).collect();
        schedule::plan(&entries, &versions, Direction::Up, Until::All)?;
        let at = |version| applied.iter().find(|applied| applied.version == version);
        let known = entries.iter().map(|entry| Status {
            version: entry.version,
            name: Some(entry.name.to_owned()),
            state: if at(entry.version).is_some() { State::Up } else { State::Down },
            applied_at: at(entry.version).and_then(|applied| applied.at.clone()),
        });
        let missing = schedule::without_migration(&entries, &versions).map(|version| Status {
            version,
            name: None,
            state: State::Missing,
            applied_at: at(version).and_then(|applied| applied.at.clone()),
        });
        let mut all: Vec<Status> = known.chain(missing).collect();
        all.sort_by_key(|status| status.version);
        Ok(all)
    }
}
