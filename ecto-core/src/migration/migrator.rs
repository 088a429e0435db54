//! The door: what there is and what was applied, brought together.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::details::Detail;
use super::event::Event;
use super::ground::Ground;
use super::history::{Applied, History};
use super::interrupt::Interrupt;
use super::journal::{Journal, Mark};
use super::lock::{self, LockKind, Rules};
use super::prepare::{Prepared, prepare};
use super::runner::{Play, Session};
use super::schedule::{self, Direction, Entry, Until};
use super::source::{Available, Migrations, Undo};
use super::sql::meaning;
use super::status::{self, Status};
use crate::adapter::{Adapter, AsItIs, Connection, Role, Step, StorageStatus, Topology, TransactionMode, Understood};
use crate::error::{MigrationError, Result};

/// Brings one database to a version.
pub struct Migrator<'a> {
    pub(super) adapter: &'a Arc<dyn Adapter>,
    migrations: &'a Migrations,
    strict: bool,
    pub(super) rules: Rules,
    prefix: Option<String>,
    applied_by: Option<String>,
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

    /// What was applied. What was noted of it may say how it is undone.
    fn past(self, history: &History, connection: &mut dyn Connection) -> Result<Vec<Applied>> {
        match self.direction {
            Direction::Up => history.applied(connection),
            Direction::Down => history.detailed(connection),
        }
    }
}

impl<'a> Migrator<'a> {
    /// For this database and these migrations.
    #[must_use]
    pub fn new(adapter: &'a Arc<dyn Adapter>, migrations: &'a Migrations) -> Self {
        Migrator { adapter, migrations, strict: false, rules: Rules::default(), prefix: None, applied_by: None }
    }

    /// In this named schema of the database: the table of versions is there, and each name that has no prefix gets this one.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// Who runs them, for the record: `me@host`. By default the process alone is named.
    #[must_use]
    pub fn applied_by(mut self, who: impl Into<String>) -> Self {
        self.applied_by = Some(who.into());
        self
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
        self.adapter.structure().remote_files().iter().for_each(|kind| report(Event::RemoteFiles { kind }));
        self.heard(connection, report, |connection, report| {
            self.session(connection, |session| match self.needs_lock(session, course)? {
                true => self.in_turn(session, report, |session, report| self.run_locked(session, course, report)),
                false => self.run_locked(session, course, report),
            })
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
        let history = self.place()?;
        if self.prefix.is_some() {
            return Ok(history);
        }
        let home = self.adapter.structure().home(history.table(), connection)?;
        Ok(history.inside(home.as_deref()))
    }

    /// The table of versions, by the name that it has for this database.
    fn place(&self) -> Result<History> {
        let database = self.adapter.ddl().capabilities();
        match &self.prefix {
            Some(_) if !database.prefixes => Err(MigrationError::NoPrefixes { database: database.database }.into()),
            prefix => Ok(History::new(self.adapter.ddl(), prefix.as_deref())),
        }
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
        // One that cannot be read lets nothing run at all.
        Ok(steps.iter().any(|at| list[*at].options(self.ground()).is_ok_and(|options| options.lock)))
    }

    /// Versions are read here, under the lock.
    fn run_locked(&self, session: &mut Session<'_>, course: Course, report: &mut dyn FnMut(Event<'_>)) -> Result<Vec<i64>> {
        let applied = course.past(&session.history, session.connection.as_mut())?;
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
        let history = self.place()?;
        let (mut connection, applied) = match self.is_missing()? {
            // It would be made; so nothing is in it.
            true => (adapter.structure().nowhere()?, Vec::new()),
            false => {
                let mut connection = adapter.connect(Role::Reader)?;
                let applied = course.past(&history, connection.as_mut())?;
                (connection, applied)
            }
        };
        let prepared = self.schedule(&applied, course, report)?;
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

    fn schedule(&self, applied: &[Applied], course: Course, report: &mut dyn FnMut(Event<'_>)) -> Result<Vec<Prepared<'a>>> {
        let Course { direction, until, again } = course;
        let list = self.migrations.list()?;
        let entries: Vec<Entry<'_>> = list.iter().map(Available::entry).collect();
        let versions = versions(applied);
        let schedule = schedule::plan(&entries, &versions, direction, until)?;
        if self.strict {
            schedule::in_order(&schedule, &entries, &versions)?;
        }
        let way_there = schedule.steps.iter().map(|at| (*at, direction));
        let way_back = schedule.steps.iter().rev().filter(|_| again).map(|at| (*at, Direction::Up));
        let prepared: Result<_> = way_there.chain(way_back).map(|(at, direction)| self.prepare(&list[at], direction, applied)).collect();
        self.migrations.ignored().iter().for_each(|path| report(Event::Ignored { path }));
        let newest = versions.iter().copied().max().unwrap_or_default();
        schedule.late.iter().for_each(|version| report(Event::Late { version: *version, newest }));
        schedule.missing.iter().for_each(|version| report(Event::Missing { version: *version }));
        let prepared: Vec<Prepared<'a>> = prepared?;
        let first = &prepared[..schedule.steps.len()];
        let stepwise = first.iter().filter(|migration| !migration.options.transaction).count();
        report(Event::Planned { direction, pending: first.len(), waiting: schedule.waiting, applied: applied.len(), stepwise });
        match direction {
            Direction::Up => first.iter().for_each(|migration| one_way(migration, report)),
            Direction::Down => first.iter().for_each(|migration| self.losses(migration, report)),
        }
        Ok(prepared)
    }

    fn prepare(&self, available: &'a Available, direction: Direction, applied: &[Applied]) -> Result<Prepared<'a>> {
        let noted = applied.iter().find(|applied| applied.version == available.version).and_then(|applied| applied.detail.as_ref());
        let mut prepared = prepare(available, direction, self.ground(), noted.and_then(|detail| detail.down.as_deref()))?;
        prepared.detail.applied_by = self.applied_by.clone().or_else(|| Some(format!("process {}", std::process::id())));
        Ok(prepared)
    }

    fn ground(&self) -> Ground<'_> {
        Ground { adapter: self.adapter.as_ref(), prefix: self.prefix.as_deref() }
    }

    /// Names the data that a way back takes away.
    fn losses(&self, migration: &Prepared<'_>, report: &mut dyn FnMut(Event<'_>)) {
        let changes = migration.changes().filter_map(|change| meaning(&change.op, self.adapter.ddl())).flatten();
        let lost = changes.flat_map(|change| match change {
            Understood::Op(op) => op.losses(),
            Understood::Comment(_) => Vec::new(),
        });
        lost.for_each(|what| report(Event::Loss { version: migration.version, name: migration.name, what: &what }));
    }

    /// How each migration stands, the oldest first. Writes nothing, and makes no database.
    ///
    /// # Errors
    /// When migrations contradict each other, or when the database cannot be asked.
    pub fn status(&self) -> Result<Vec<Status>> {
        self.place()?;
        if self.is_missing()? {
            return status::report(self.migrations.list()?, &[], &HashMap::new(), self.ground());
        }
        self.status_on(self.adapter.connect(Role::Reader)?.as_mut())
    }

    /// The same on a connection that is there.
    ///
    /// # Errors
    /// See [`status`](Migrator::status).
    pub fn status_on(&self, connection: &mut dyn Connection) -> Result<Vec<Status>> {
        self.tell_server(connection)?;
        let history = self.history(connection)?;
        let applied = history.detailed(connection)?;
        let steps = self.steps_done(&history, connection)?;
        status::report(self.migrations.list()?, &applied, &steps, self.ground())
    }

    /// Takes a migration that was changed since it was applied for what was applied: only what is noted of it changes.
    ///
    /// # Errors
    /// When there is no such migration or it was not applied, and when the database refuses.
    pub fn accept_hash(&self, version: i64) -> Result<()> {
        self.accept_hash_on(self.adapter.connect(Role::Writer)?.as_mut(), version)
    }

    /// The same on a connection that is there.
    ///
    /// # Errors
    /// See [`accept_hash`](Migrator::accept_hash).
    pub fn accept_hash_on(&self, connection: &mut dyn Connection, version: i64) -> Result<()> {
        let history = self.history(connection)?;
        let available = self.migrations.list()?.iter().find(|available| available.version == version);
        let applied = history.detailed(connection)?.into_iter().find(|applied| applied.version == version);
        let (Some(available), Some(applied)) = (available, applied) else {
            return Err(MigrationError::UnknownVersion { version }.into());
        };
        let detail =
            Detail { name: Some(available.name.clone()), hash: available.hash(self.ground())?, ..applied.detail.unwrap_or_default() };
        connection.step(Step::Begin(TransactionMode::Write))?;
        let written = history.details.write(connection, version, &detail);
        let ended = connection.step(if written.is_ok() { Step::Commit } else { Step::Rollback });
        written.and(ended)
    }

    /// How many steps are done of each version that did not come to its end.
    fn steps_done(&self, history: &History, connection: &mut dyn Connection) -> Result<HashMap<i64, usize>> {
        let journal = Journal::beside(history.table(), self.adapter.ddl(), self.adapter.structure().backend());
        let mut done = HashMap::new();
        for (version, noted) in journal.noted(connection, None)? {
            *done.entry(version).or_default() += usize::from(noted.mark == Mark::Done);
        }
        Ok(done)
    }
}

/// Names a migration that cannot be undone once it has run.
fn one_way(migration: &Prepared<'_>, report: &mut dyn FnMut(Event<'_>)) {
    if let Undo::Never(error) = &migration.undo {
        report(Event::OneWay { version: migration.version, name: migration.name, reason: &error.message() });
    }
}

fn versions(applied: &[Applied]) -> Vec<i64> {
    applied.iter().map(|applied| applied.version).collect()
}
