//! The door: what there is and what was applied, brought together.

use std::sync::Arc;
use std::time::Duration;

use super::event::Event;
use super::history::{Applied, History};
use super::interrupt::Interrupt;
use super::journal::{Journal, Mark, Noted};
use super::lock::{self, LockKind, Rules};
use super::prepare::{Prepared, prepare};
use super::runner::{Play, Session};
use super::schedule::{self, Direction, Entry, Until};
use super::source::{Available, Migrations};
use crate::adapter::{Adapter, AsItIs, Connection, Role, StorageStatus, Topology};
use crate::ddl::Op;
use crate::error::Result;

/// Brings one database to a version.
pub struct Migrator<'a> {
    pub(super) adapter: &'a Arc<dyn Adapter>,
    migrations: &'a Migrations,
    strict: bool,
    rules: Rules,
}

/// Which way, how far, and whether what was undone is run again.
#[derive(Clone, Copy)]
struct Course {
    direction: Direction,
    until: Until,
    again: bool,
}

impl Course {
    fn new(direction: Direction, until: Until) -> Self {
        Course { direction, until, again: false }
    }

    fn again(until: Until) -> Self {
        Course { direction: Direction::Down, until, again: true }
    }
}

/// How a migration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub enum State {
    Up,
    Down,
    /// It has no transaction, and a run ended after so many of its steps.
    Partial {
        done: usize,
        of: usize,
    },
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
    pub fn new(adapter: &'a Arc<dyn Adapter>, migrations: &'a Migrations) -> Self {
        Migrator { adapter, migrations, strict: false, rules: Rules::default() }
    }

    /// Refuses to run a migration that is older than one that was applied. Otherwise that is only reported.
    #[must_use]
    pub fn strict_version_order(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// What keeps two runs apart.
    #[must_use]
    pub fn lock(mut self, kind: LockKind) -> Self {
        self.rules.lock = kind;
        self
    }

    /// How long it waits for others, in all: a minute, unless said otherwise. Zero is not at all.
    #[must_use]
    pub fn lock_wait(mut self, limit: Duration) -> Self {
        self.rules.wait = limit;
        self
    }

    /// How often a migration is tried again that another session blocked: ten times, unless said otherwise.
    #[must_use]
    pub fn lock_retries(mut self, times: u32) -> Self {
        self.rules.retries = times;
        self
    }

    /// What stops the run, from another thread.
    #[must_use]
    pub fn interrupt(&self) -> Interrupt {
        self.rules.interrupt.clone()
    }

    /// Runs migrations on a connection of its own. Returns the versions, in the order in which they ran.
    ///
    /// # Errors
    /// When they contradict each other, when one of those that would run cannot be read, written or undone (then nothing has run), or when
    /// the database refuses one: that one is undone, those before it stay.
    pub fn run(&self, direction: Direction, until: Until, report: &mut dyn FnMut(Event<'_>)) -> Result<Vec<i64>> {
        self.run_on(&mut self.adapter.connect(Role::Writer)?, direction, until, report)
    }

    /// The same on a connection that is there, which a database in memory needs. No transaction may be open.
    ///
    /// # Errors
    /// See [`run`](Migrator::run).
    pub fn run_on(
        &self,
        connection: &mut Box<dyn Connection>,
        direction: Direction,
        until: Until,
        report: &mut dyn FnMut(Event<'_>),
    ) -> Result<Vec<i64>> {
        self.go(connection, Course::new(direction, until), report)
    }

    /// Undoes migrations as far as `until` says, and runs the same ones again. Returns the versions, in the order in which they ran: first
    /// those that were undone. What cannot be run again is found before anything is undone.
    ///
    /// # Errors
    /// See [`run`](Migrator::run).
    pub fn redo(&self, until: Until, report: &mut dyn FnMut(Event<'_>)) -> Result<Vec<i64>> {
        self.go(&mut self.adapter.connect(Role::Writer)?, Course::again(until), report)
    }

    fn go(&self, connection: &mut Box<dyn Connection>, course: Course, report: &mut dyn FnMut(Event<'_>)) -> Result<Vec<i64>> {
        self.session(connection, |session| match self.needs_lock(session, course)? {
            true => self.in_turn(session, report, |session, report| self.run_locked(session, course, report)),
            false => self.run_locked(session, course, report),
        })
    }

    /// Makes a connection ready, and leaves it as it was.
    pub(super) fn session<T>(&self, connection: &mut Box<dyn Connection>, work: impl FnOnce(&mut Session<'_>) -> Result<T>) -> Result<T> {
        let mut manners = self.adapter.structure().manners();
        manners.enter(self.rules.lock != LockKind::Row, connection.as_mut())?;
        let history = self.history(connection.as_mut())?;
        let mut session = Session { connection, adapter: self.adapter, history, play: Play::Done, rules: &self.rules, manners };
        let outcome = work(&mut session);
        let left = session.manners.leave(session.connection.as_mut());
        // Where both failed, the first error says why.
        outcome.and_then(|done| left.map(|()| done))
    }

    /// While no other run is under way.
    pub(super) fn in_turn<T>(
        &self,
        session: &mut Session<'_>,
        report: &mut dyn FnMut(Event<'_>),
        work: impl FnOnce(&mut Session<'_>, &mut dyn FnMut(Event<'_>)) -> Result<T>,
    ) -> Result<T> {
        if self.rules.lock != LockKind::Run {
            return work(session, report);
        }
        let mut lock = self.adapter.structure().lock(session.history.table());
        lock::acquire(lock.as_mut(), session.connection.as_mut(), &self.rules, report)?;
        let outcome = work(session, report);
        let released = lock.release(session.connection.as_mut());
        outcome.and_then(|done| released.map(|()| done))
    }

    /// The table of versions, by its full name: a migration may lead the search path elsewhere.
    fn history(&self, connection: &mut dyn Connection) -> Result<History> {
        Ok(History::new(self.adapter.ddl()).inside(self.adapter.structure().home(connection)?))
    }

    /// Is there anything to keep others from? Where nothing is to be done nobody has to wait.
    fn needs_lock(&self, session: &mut Session<'_>, course: Course) -> Result<bool> {
        if self.rules.lock != LockKind::Run {
            return Ok(false);
        }
        let applied = versions(&session.history.applied(session.connection.as_mut())?);
        let list = self.migrations.list()?;
        let entries: Vec<Entry<'_>> = list.iter().map(Available::entry).collect();
        let steps = schedule::plan(&entries, &applied, course.direction, course.until)?.steps;
        let syntax = self.adapter.ddl().syntax();
        // One that cannot be described lets nothing run at all.
        Ok(steps.iter().any(|at| list[*at].describe(course.direction, syntax).is_ok_and(|described| described.options.lock)))
    }

    /// Versions are read here, under the lock.
    fn run_locked(&self, session: &mut Session<'_>, course: Course, report: &mut dyn FnMut(Event<'_>)) -> Result<Vec<i64>> {
        let applied = versions(&session.history.applied(session.connection.as_mut())?);
        let prepared = self.schedule(&applied, course, report)?;
        let mut ran = Vec::new();
        for migration in &prepared {
            self.rules.interrupt.check()?;
            if session.run(migration, report)? {
                ran.push(migration.version);
            }
        }
        Ok(ran)
    }

    /// Shows what [`run`](Migrator::run) would do, with every statement, and writes nothing. Functions of the application are named,
    /// not run. Where the statements depend on the structure that is there, they are played through on a copy of it that has no rows.
    ///
    /// # Errors
    /// As of [`run`](Migrator::run), but for what only rows can be guilty of.
    pub fn dry_run(&self, direction: Direction, until: Until, report: &mut dyn FnMut(Event<'_>)) -> Result<Vec<i64>> {
        self.rehearse(Course::new(direction, until), report)
    }

    /// Shows what [`redo`](Migrator::redo) would do, and writes nothing.
    ///
    /// # Errors
    /// See [`dry_run`](Migrator::dry_run).
    pub fn dry_redo(&self, until: Until, report: &mut dyn FnMut(Event<'_>)) -> Result<Vec<i64>> {
        self.rehearse(Course::again(until), report)
    }

    fn rehearse(&self, course: Course, report: &mut dyn FnMut(Event<'_>)) -> Result<Vec<i64>> {
        let adapter = self.adapter;
        let history = History::new(adapter.ddl());
        let (mut connection, applied) = match self.is_missing()? {
            // It would be made; so nothing is in it.
            true => (adapter.structure().nowhere()?, Vec::new()),
            false => {
                let mut connection = adapter.connect(Role::Reader)?;
                let applied = history.applied(connection.as_mut())?;
                (connection, applied)
            }
        };
        let prepared = self.schedule(&versions(&applied), course, report)?;
        let (mut connection, play) = match adapter.structure().rehearsal(connection.as_mut())? {
            Some(copy) => (copy, Play::Rehearsed),
            None => (connection, Play::Shown),
        };
        let mut session = Session { connection: &mut connection, adapter, history, play, rules: &self.rules, manners: Box::new(AsItIs) };
        prepared.iter().try_for_each(|migration| session.run(migration, report).map(drop))?;
        Ok(prepared.iter().map(|migration| migration.version).collect())
    }

    /// Is it a file that connecting would make? Then nothing was applied to it.
    fn is_missing(&self) -> Result<bool> {
        Ok(self.adapter.topology() != Topology::Uniform && self.adapter.storage().status()? == StorageStatus::Down)
    }

    fn schedule(&self, applied: &[i64], course: Course, report: &mut dyn FnMut(Event<'_>)) -> Result<Vec<Prepared<'a>>> {
        let Course { direction, until, again } = course;
        let list = self.migrations.list()?;
        let entries: Vec<Entry<'_>> = list.iter().map(Available::entry).collect();
        let schedule = schedule::plan(&entries, applied, direction, until)?;
        if self.strict {
            schedule::in_order(&schedule, &entries, applied)?;
        }
        let way_there = schedule.steps.iter().map(|at| (*at, direction));
        let way_back = schedule.steps.iter().rev().filter(|_| again).map(|at| (*at, Direction::Up));
        let prepared: Result<_> =
            way_there.chain(way_back).map(|(at, direction)| prepare(&list[at], direction, self.adapter.as_ref())).collect();
        let newest = applied.iter().copied().max().unwrap_or_default();
        schedule.late.iter().for_each(|version| report(Event::Late { version: *version, newest }));
        schedule.missing.iter().for_each(|version| report(Event::Missing { version: *version }));
        let prepared: Vec<Prepared<'a>> = prepared?;
        let first = &prepared[..schedule.steps.len()];
        let stepwise = first.iter().filter(|migration| !migration.options.transaction).count();
        report(Event::Planned { direction, pending: first.len(), waiting: schedule.waiting, applied: applied.len(), stepwise });
        match direction {
            Direction::Up => schedule.steps.iter().for_each(|at| self.one_way(&list[*at], report)),
            Direction::Down => first.iter().for_each(|migration| losses(migration, report)),
        }
        Ok(prepared)
    }

    /// Names a migration that cannot be undone once it has run.
    fn one_way(&self, available: &Available, report: &mut dyn FnMut(Event<'_>)) {
        if let Err(error) = available.describe(Direction::Down, self.adapter.ddl().syntax()) {
            report(Event::OneWay { version: available.version, name: &available.name, reason: &error.message() });
        }
    }

    /// How each migration stands, the oldest first. Writes nothing, and makes no database.
    ///
    /// # Errors
    /// When migrations contradict each other, or when the database cannot be asked.
    pub fn status(&self) -> Result<Vec<Status>> {
        if self.is_missing()? {
            return self.report_status(&[], &[]);
        }
        self.status_on(self.adapter.connect(Role::Reader)?.as_mut())
    }

    /// The same on a connection that is there.
    ///
    /// # Errors
    /// See [`status`](Migrator::status).
    pub fn status_on(&self, connection: &mut dyn Connection) -> Result<Vec<Status>> {
        let history = self.history(connection)?;
        let applied = history.applied(connection)?;
        let journal = Journal::beside(history.table(), self.adapter.ddl(), self.adapter.structure().backend());
        let noted = journal.noted(connection, None)?;
        self.report_status(&applied, &noted)
    }

    /// `None` if it was not begun, or if it cannot be read.
    fn partial(&self, available: &Available, noted: &[(i64, Noted)]) -> Option<State> {
        let steps = || noted.iter().filter(|(version, _)| *version == available.version);
        steps().next()?;
        let done = steps().filter(|(_, noted)| noted.mark == Mark::Done).count();
        let of = prepare(available, Direction::Up, self.adapter.as_ref()).ok()?.steps();
        Some(State::Partial { done, of })
    }

    fn report_status(&self, applied: &[Applied], noted: &[(i64, Noted)]) -> Result<Vec<Status>> {
        let list = self.migrations.list()?;
        let entries: Vec<Entry<'_>> = list.iter().map(Available::entry).collect();
        let versions = versions(applied);
        schedule::plan(&entries, &versions, Direction::Up, Until::All)?;
        let at = |version| applied.iter().find(|applied| applied.version == version);
        let state = |available: &Available| match at(available.version) {
            Some(_) => State::Up,
            None => self.partial(available, noted).unwrap_or(State::Down),
        };
        let known = list.iter().map(|available| Status {
            version: available.version,
            name: Some(available.name.clone()),
            state: state(available),
            applied_at: at(available.version).and_then(|applied| applied.at.clone()),
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

fn versions(applied: &[Applied]) -> Vec<i64> {
    applied.iter().map(|applied| applied.version).collect()
}

/// Names the data that a way back takes away.
fn losses(migration: &Prepared<'_>, report: &mut dyn FnMut(Event<'_>)) {
    for what in migration.ops().flat_map(Op::losses) {
        report(Event::Loss { version: migration.version, name: migration.name, what: &what });
    }
}
