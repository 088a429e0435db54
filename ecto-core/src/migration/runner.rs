//! Runs what was scheduled: each migration whole or not at all, and recorded first, so that a rival waits and then sees that it is done.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::MigrationOptions;
use super::event::Event;
use super::history::History;
use super::listen::Ear;
use super::lock::Rules;
use super::note::WayBack;
use super::prepare::{Prepared, Segment, in_migration, locate};
use super::retry::Tries;
use super::schedule::Direction;
use super::source::Undo;
use super::work::Code;
use crate::adapter::deadline::Watch;
use crate::adapter::{Adapter, Alter, Connection, Manners, Pace, Step, TransactionMode, Written};
use crate::ddl::Op;
use crate::error::{AdapterError, Error, Result, ViolationKind};
use crate::repo::Repo;

/// One session with a database, and where it records versions.
pub(super) struct Session<'c> {
    pub connection: &'c mut Box<dyn Connection>,
    pub adapter: &'c Arc<dyn Adapter>,
    pub history: History,
    pub play: Play,
    pub rules: &'c Rules,
    pub manners: Box<dyn Manners + 'c>,
}

/// Is it done, or only shown?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Play {
    Done,
    /// Done to a copy without rows: functions of the application are left out.
    Rehearsed,
    /// No statement is sent.
    Shown,
}

/// Who is told what happens, and how many statements were sent.
pub(super) struct Report<'r> {
    pub tell: &'r mut dyn FnMut(Event<'_>),
    pub sent: usize,
    /// The last of them.
    pub last: String,
    /// Was a function of the application called?
    pub called: bool,
    pub started: Instant,
    /// What undoes what was done, where that is asked for and can be told.
    pub way_back: Option<WayBack>,
}

/// What is done in a transaction.
type Body<'b> = &'b mut dyn FnMut(&mut Session<'_>, &mut dyn Alter, &mut Report<'_>) -> Result<bool>;

impl Session<'_> {
    /// Runs one. `false` if a rival was faster.
    pub fn run(&mut self, prepared: &Prepared<'_>, tell: &mut dyn FnMut(Event<'_>)) -> Result<bool> {
        let Prepared { version, name, direction, options, .. } = *prepared;
        tell(Event::Started { version, name, direction, transaction: options.transaction });
        let started = Instant::now();
        let asks = matches!(prepared.undo, Undo::Recorded) && self.play == Play::Done;
        let way_back = asks.then(WayBack::default);
        let mut report = Report { tell, sent: 0, last: String::new(), called: false, started, way_back };
        let outcome = match options.transaction {
            true => self.whole(prepared, &mut report),
            false => self.stepwise(prepared, &mut report),
        };
        let kept = report.sent;
        match outcome {
            Ok(true) => tell(Event::Finished { version, name, direction, elapsed: started.elapsed() }),
            Ok(false) => tell(Event::Skipped { version, name }),
            Err(_) => tell(Event::Failed { version, name, transaction: options.transaction, kept }),
        }
        outcome.map_err(|error| in_migration(error, version, name))
    }

    /// In one transaction. The row comes first: its key keeps rivals apart.
    fn whole(&mut self, prepared: &Prepared<'_>, report: &mut Report<'_>) -> Result<bool> {
        let changes = prepared.all();
        self.in_transaction(prepared.options, &changes, report, &mut |session, alter, report| {
            if !session.record(prepared)? {
                return Ok(false);
            }
            alter.begun(session.connection.as_mut())?;
            session.perform(prepared, alter, report)?;
            session.note_details(prepared, report)?;
            Ok(true)
        })
    }

    /// In one transaction; in another one if it was blocked. It is undone where `body` says `false`.
    pub(super) fn in_transaction(
        &mut self,
        options: MigrationOptions,
        changes: &[Written],
        report: &mut Report<'_>,
        body: Body<'_>,
    ) -> Result<bool> {
        let mut tries = Tries::default();
        let (kept, way_back) = (report.sent, report.way_back.clone());
        loop {
            (report.sent, report.called, report.way_back) = (kept, false, way_back.clone());
            match self.attempt(options, changes, report, body) {
                Err(error) if self.waits_out(&error, &mut tries, options, report)? => {}
                outcome => return outcome,
            }
        }
    }

    fn attempt(&mut self, options: MigrationOptions, changes: &[Written], report: &mut Report<'_>, body: Body<'_>) -> Result<bool> {
        let adapter = Arc::clone(self.adapter);
        let mut alter = adapter.structure().alter(changes);
        self.manners.before(options.pace(), self.connection.as_mut())?;
        let ear = &self.rules.ear;
        let entered = alter.enter(self.connection.as_mut(), &mut |connection, sql| told(ear, report, connection, sql));
        let outcome = entered.and_then(|()| self.inside(options, alter.as_mut(), report, body));
        if !matches!(outcome, Ok(true)) {
            self.undo();
        }
        let left = alter.leave(self.connection.as_mut(), &mut |connection, sql| told(ear, report, connection, sql));
        // Where both failed, the first error says why.
        outcome.and_then(|ran| left.map(|()| ran))
    }

    fn inside(&mut self, options: MigrationOptions, alter: &mut dyn Alter, report: &mut Report<'_>, body: Body<'_>) -> Result<bool> {
        self.begin()?;
        self.manners.adopt(Pace { transaction: true, ..options.pace() }, &[], self.connection.as_mut())?;
        if !body(self, alter, report)? {
            return Ok(false);
        }
        alter.verify(self.connection.as_mut())?;
        self.rules.interrupt.check()?;
        self.step(Step::Commit)?;
        Ok(true)
    }

    fn step(&mut self, step: Step) -> Result<()> {
        if self.play == Play::Shown { Ok(()) } else { self.connection.step(step) }
    }

    /// Begins, and makes the table of versions if it is not there: inside, so that a failure leaves not even an empty one.
    fn begin(&mut self) -> Result<()> {
        self.step(Step::Begin(TransactionMode::Write))?;
        if self.play == Play::Shown {
            return Ok(());
        }
        let Err(error) = self.history.create(self.connection.as_mut()) else { return Ok(()) };
        self.undo();
        // Two that make it at once: the slower one may be told that it exists, whatever `IF NOT EXISTS` says.
        match self.history.exists(self.connection.as_mut())? {
            true => self.step(Step::Begin(TransactionMode::Write)),
            false => Err(self.history.not_made(error)),
        }
    }

    pub(super) fn undo(&mut self) {
        if self.connection.in_transaction() {
            // OK because the outcome says already what went wrong, and a transaction that nobody commits is undone with its session.
            let _ = self.connection.step(Step::Rollback);
        }
    }

    /// Only shown, or done to a copy: statement by statement.
    pub(super) fn played(&mut self, prepared: &Prepared<'_>, report: &mut Report<'_>) -> Result<bool> {
        let adapter = Arc::clone(self.adapter);
        self.perform(prepared, adapter.structure().alter(&prepared.all()).as_mut(), report)?;
        Ok(true)
    }

    pub(super) fn record(&mut self, prepared: &Prepared<'_>) -> Result<bool> {
        if self.play != Play::Done {
            return Ok(true);
        }
        match prepared.direction {
            Direction::Down => self.history.delete(self.connection.as_mut(), prepared.version),
            Direction::Up => match self.insert(prepared.version) {
                Ok(()) => Ok(true),
                Err(error) if error.violation().is_some_and(|violation| violation.kind == ViolationKind::Unique) => Ok(false),
                Err(error) => Err(error),
            },
        }
    }

    /// A rival may be writing the same row: that wait can be stopped.
    fn insert(&mut self, version: i64) -> Result<()> {
        let canceller = self.connection.canceller();
        self.rules.interrupt.guard(canceller, || self.history.insert(self.connection.as_mut(), version))
    }

    fn perform(&mut self, prepared: &Prepared<'_>, alter: &mut dyn Alter, report: &mut Report<'_>) -> Result<()> {
        for segment in &prepared.segments {
            match segment {
                Segment::Run(code) => self.call(code, report)?,
                Segment::Changes(changes) => {
                    let mut rest = changes.as_slice();
                    while !rest.is_empty() {
                        let (now, later) = rest.split_at(together(rest, alter, report));
                        self.ask_way_back(now, prepared, report)?;
                        let changed = self.change(now, alter, prepared.options, report);
                        changed.map_err(|error| now.first().into_iter().fold(error, |error, change| prepared.place(error, &change.op)))?;
                        rest = later;
                    }
                }
            }
        }
        Ok(())
    }

    /// Makes changes that belong together.
    pub(super) fn change(
        &mut self,
        changes: &[Written],
        alter: &mut dyn Alter,
        options: MigrationOptions,
        report: &mut Report<'_>,
    ) -> Result<()> {
        let started = Instant::now();
        for change in changes {
            (report.tell)(Event::Operation { description: &change.op.describe() });
        }
        let shown = self.play == Play::Shown;
        let done = self.play == Play::Done;
        for change in changes.iter().filter(|change| done && matches!(&change.op, Op::CreateIndex(create) if create.if_not_exists)) {
            self.clear(&change.op, report)?;
        }
        let Rules { interrupt, ear, .. } = self.rules;
        let watch = self.watch(options);
        let mut emit = |connection: &mut dyn Connection, sql: &str| {
            (report.tell)(Event::Statement { sql });
            sql.clone_into(&mut report.last);
            if !shown {
                let _not_ours = ear.not_ours();
                interrupt.guard(connection.canceller(), || limited(watch.as_ref(), || connection.script(sql)))?;
            }
            report.sent += 1;
            Ok(())
        };
        let outcome = alter.apply(changes, self.connection.as_mut(), &mut emit);
        outcome.map_err(|error| changes.first().into_iter().fold(error, |error, change| locate(error, &change.op)))?;
        (report.tell)(Event::Performed { elapsed: started.elapsed() });
        Ok(())
    }

    /// Runs a function of the application on this connection, and so inside the transaction.
    pub(super) fn call(&mut self, code: &Code, report: &mut Report<'_>) -> Result<()> {
        let started = Instant::now();
        let description = code.describe();
        (report.tell)(Event::Operation { description: &description });
        if self.play == Play::Done {
            report.called = true;
            let canceller = self.connection.canceller();
            let _not_ours = self.rules.ear.not_ours();
            let lent = || Repo::lend(self.adapter, self.connection, &*code.up);
            self.rules.interrupt.guard(canceller, lent).map_err(|error: Error| error.context(description))?;
            report.sent += 1;
        }
        (report.tell)(Event::Performed { elapsed: started.elapsed() });
        Ok(())
    }

    /// Keeps the time where the database does not.
    fn watch(&self, options: MigrationOptions) -> Option<(Arc<Watch>, Duration)> {
        let limit = options.timeout.filter(|_| !self.manners.limits_statements())?;
        Some((Watch::new(self.connection.canceller()), limit))
    }
}

/// Sends what belongs to a change without being a part of it.
fn told(ear: &Ear, report: &mut Report<'_>, connection: &mut dyn Connection, sql: &str) -> Result<()> {
    (report.tell)(Event::Statement { sql });
    let _not_ours = ear.not_ours();
    connection.script(sql)
}

fn limited(watch: Option<&(Arc<Watch>, Duration)>, work: impl FnOnce() -> Result<()>) -> Result<()> {
    let Some((watch, limit)) = watch else { return work() };
    let armed = watch.arm(*limit);
    let outcome = work();
    match outcome {
        Err(error) if armed.fired() => Err(Error::from(AdapterError::Timeout { after: *limit }).because(error)),
        outcome => outcome,
    }
}

/// How many changes are made at once. Where the catalogue is asked what undoes them, a new name ends what it can be asked about.
fn together(changes: &[Written], alter: &dyn Alter, report: &Report<'_>) -> usize {
    let count = alter.together(changes).clamp(1, changes.len());
    let renames = |change: &Written| matches!(change.op, Op::RenameTable { .. } | Op::RenameColumn { .. });
    match changes[..count].iter().position(renames) {
        Some(at) if report.way_back.is_some() => at + 1,
        _ => count,
    }
}
