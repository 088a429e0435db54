//! Runs a migration without a transaction: step by step, each noted, so that the next run goes on where this one ended.
//!
//! A change that can stand in a transaction is made in one together with its note, so that it is never in doubt. Of any other the note says
//! that it was begun; if that is all that is known, the database is asked what became of it, and where it does not know, a person is.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::event::Event;
use super::hash;
use super::journal::{Journal, Mark, Noted};
use super::prepare::{Prepared, Segment};
use super::retry::Tries;
use super::runner::{Play, Report, Session};
use super::work::Code;
use crate::adapter::{Pace, Probe, Step, TransactionMode, Written};
use crate::ddl::Op;
use crate::error::{Error, MigrationError, Result};

/// How often it is looked whether the database has finished.
const LOOK: Duration = Duration::from_millis(500);

/// One thing to do, or several that are done at once.
struct Task<'p> {
    prepared: &'p Prepared<'p>,
    /// The number of its first step.
    first: usize,
    /// What an earlier run noted of it.
    mark: Option<Mark>,
    work: Work<'p>,
    hashes: Vec<String>,
}

enum Work<'p> {
    /// In a transaction, with the notes.
    Whole(&'p [Written]),
    Alone(&'p Written),
    Run(&'p Code),
}

impl Task<'_> {
    fn is_last(&self) -> bool {
        self.first + self.hashes.len() - 1 == self.prepared.steps()
    }

    /// Does it do no harm to do it twice?
    fn may_repeat(&self) -> bool {
        self.prepared.options.retry == Some(true)
    }

    fn half_done(&self) -> Error {
        let (version, of) = (self.prepared.version, self.prepared.steps());
        MigrationError::HalfDone { version, step: self.first, of, text: self.describe() }.into()
    }

    fn describe(&self) -> String {
        match self.work {
            Work::Whole(changes) => changes.iter().map(|change| change.op.describe()).collect::<Vec<_>>().join(", "),
            Work::Alone(Written { op: Op::Execute(raw), .. }) => raw.up.sql.clone(),
            Work::Alone(change) => change.op.describe(),
            Work::Run(code) => code.describe(),
        }
    }
}

impl Session<'_> {
    pub(super) fn journal(&self) -> Journal {
        Journal::beside(self.history.table(), self.adapter.ddl(), self.adapter.structure().backend())
    }

    /// Step by step; the version is recorded with the last one.
    pub(super) fn stepwise(&mut self, prepared: &Prepared<'_>, report: &mut Report<'_>) -> Result<bool> {
        if self.play != Play::Done {
            return self.played(prepared, report);
        }
        let noted = self.journal().noted(self.connection.as_mut(), Some(prepared.version))?;
        let noted: Vec<Noted> = noted.into_iter().map(|(_, noted)| noted).collect();
        let tasks = self.tasks(prepared, &noted);
        let of = prepared.steps();
        unchanged(&tasks, &noted, of)?;
        if !noted.is_empty() {
            let done = noted.iter().filter(|noted| noted.mark == Mark::Done).count();
            (report.tell)(Event::Resumed { version: prepared.version, done, of });
            // What undoes the steps before, the catalogue cannot tell any more.
            if report.way_back.take().is_some() {
                let reason = MigrationError::TakenUp.to_string();
                (report.tell)(Event::OneWay { version: prepared.version, name: prepared.name, reason: &reason });
            }
        }
        self.journal().create(self.connection.as_mut())?;
        let mut recorded = false;
        for task in tasks.iter().filter(|task| task.mark != Some(Mark::Done)) {
            self.rules.interrupt.check()?;
            recorded = self.task(task, report)?;
        }
        if !recorded {
            self.connection.step(Step::Begin(TransactionMode::Write))?;
            let concluded = self.conclude(prepared, report).and_then(|()| self.connection.step(Step::Commit));
            if concluded.is_err() {
                self.undo();
                // It is known that the last step was done, only its version could not be recorded.
                // OK because the outcome says already what went wrong; without a note the step is in doubt.
                let _ = tasks.last().map(|last| self.note(last, Mark::Done, None));
            }
            concluded?;
        }
        Ok(true)
    }

    /// Does it, and notes it. `true` if the version was recorded along with it.
    fn task(&mut self, task: &Task<'_>, report: &mut Report<'_>) -> Result<bool> {
        match task.work {
            Work::Whole(changes) => {
                self.together(task, changes, report)?;
                return Ok(task.is_last());
            }
            Work::Alone(change) => {
                if !self.is_there(task, &change.op, report)? {
                    self.ask_way_back(std::slice::from_ref(change), task.prepared, report)?;
                    self.alone(task, change, report)?;
                }
            }
            Work::Run(_) if task.mark == Some(Mark::Started) && !task.may_repeat() => return Err(task.half_done()),
            Work::Run(code) => {
                self.note(task, Mark::Started, None)?;
                let outcome = self.call(code, report);
                self.noted_if_failed(task, outcome)?;
            }
        }
        // The last one is noted by the version itself.
        if !task.is_last() {
            self.note(task, Mark::Done, None)?;
        }
        Ok(false)
    }

    /// Makes what can stand in a transaction.
    fn together(&mut self, task: &Task<'_>, changes: &[Written], report: &mut Report<'_>) -> Result<bool> {
        let options = task.prepared.options;
        self.in_transaction(options, changes, report, &mut |session, alter, report| {
            alter.begun(session.connection.as_mut())?;
            session.ask_way_back(changes, task.prepared, report)?;
            session.change(changes, alter, options, report)?;
            session.note(task, Mark::Done, None)?;
            if task.is_last() {
                session.conclude(task.prepared, report)?;
            }
            Ok(true)
        })
    }

    /// Records the version and forgets the steps, in the transaction that is open.
    fn conclude(&mut self, prepared: &Prepared<'_>, report: &mut Report<'_>) -> Result<()> {
        self.history.create(self.connection.as_mut())?;
        self.record(prepared)?;
        self.note_details(prepared, report)?;
        self.journal().forget(self.connection.as_mut(), prepared.version, None).map(drop)
    }

    /// Sends what cannot stand in a transaction.
    fn alone(&mut self, task: &Task<'_>, change: &Written, report: &mut Report<'_>) -> Result<()> {
        let adapter = Arc::clone(self.adapter);
        let (changes, options) = (std::slice::from_ref(change), task.prepared.options);
        let pace = Pace { transaction: false, ..options.pace() };
        let mut tries = Tries::default();
        self.note(task, Mark::Started, None)?;
        loop {
            self.manners.before(pace, self.connection.as_mut())?;
            self.manners.adopt(pace, changes, self.connection.as_mut())?;
            let outcome = self.change(changes, adapter.structure().alter(changes).as_mut(), options, report);
            match &outcome {
                Err(error) if self.waits_out(error, &mut tries, options, report)? => {
                    // An index that was kept from being finished stays behind, and is of no use.
                    self.clear(&change.op, report)?;
                }
                Ok(()) | Err(_) => return self.noted_if_failed(task, outcome),
            }
        }
    }

    /// What became of a step that was begun before? Also clears away what would be in its way.
    fn is_there(&mut self, task: &Task<'_>, op: &Op, report: &mut Report<'_>) -> Result<bool> {
        let started = Instant::now();
        loop {
            let probe = match task.mark {
                None | Some(Mark::Done) => return self.clear(op, report).map(|()| false),
                Some(Mark::Started | Mark::Failed) => self.adapter.structure().probe(op, self.connection.as_mut())?,
            };
            match probe {
                Probe::Done => {
                    (report.tell)(Event::Repaired { what: &format!("found done: {}", task.describe()) });
                    return Ok(true);
                }
                Probe::Redo(_) => return self.clear(op, report).map(|()| false),
                Probe::Finish(statements) => return self.repair(&statements, report).map(|()| true),
                Probe::Running => {
                    (report.tell)(Event::Running { what: &task.describe(), waited: started.elapsed() });
                    self.rules.interrupt.pause(LOOK)?;
                }
                Probe::Unknown if task.mark == Some(Mark::Failed) || task.may_repeat() => return Ok(false),
                Probe::Unknown => return Err(task.half_done()),
            }
        }
    }

    /// Clears away what is left of it, where that can be seen: an `IF NOT EXISTS` would take an index that is not valid for a good one.
    pub(super) fn clear(&mut self, op: &Op, report: &mut Report<'_>) -> Result<()> {
        let Probe::Redo(statements) = self.adapter.structure().probe(op, self.connection.as_mut())? else { return Ok(()) };
        self.repair(&statements, report)
    }

    fn repair(&mut self, statements: &[String], report: &mut Report<'_>) -> Result<()> {
        for sql in statements {
            (report.tell)(Event::Repaired { what: sql });
            let canceller = self.connection.canceller();
            self.rules.interrupt.guard(canceller, || self.connection.script(sql))?;
        }
        Ok(())
    }

    fn note(&mut self, task: &Task<'_>, mark: Mark, error: Option<&str>) -> Result<()> {
        let journal = self.journal();
        (task.first..).zip(&task.hashes).try_for_each(|(step, hash)| {
            let noted = Noted { step, hash: hash.clone(), mark };
            journal.note(self.connection.as_mut(), task.prepared.version, &noted, error)
        })
    }

    fn noted_if_failed(&mut self, task: &Task<'_>, outcome: Result<()>) -> Result<()> {
        let Err(error) = &outcome else { return outcome };
        // Where the connection was lost nobody knows.
        if !error.is_connection() {
            // OK because the outcome says already what went wrong; without a note the step is in doubt, which is looked into.
            let _ = self.note(task, Mark::Failed, Some(&error.message()));
        }
        outcome
    }

    fn tasks<'p>(&self, prepared: &'p Prepared<'p>, noted: &[Noted]) -> Vec<Task<'p>> {
        let structure = self.adapter.structure();
        let mut tasks = Vec::new();
        let mut first = 1;
        let mut push = |work, hashes: Vec<String>| {
            let count = hashes.len();
            let mark = noted.iter().find(|noted| noted.step == first).map(|noted| noted.mark);
            tasks.push(Task { prepared, first, mark, work, hashes });
            first += count;
        };
        for segment in &prepared.segments {
            let mut rest = match segment {
                Segment::Run(code) => {
                    push(Work::Run(code), vec![hash::of_function(prepared.direction)]);
                    continue;
                }
                Segment::Changes(changes) => changes.as_slice(),
            };
            while !rest.is_empty() {
                let (now, later) = rest.split_at(structure.alter(rest).together(rest).clamp(1, rest.len()));
                let hashes = now.iter().map(|change| hash::of_change(prepared.direction, change)).collect();
                match now {
                    [change] if matches!(change.op, Op::Execute(_)) || !structure.fits_transaction(&change.op) => {
                        push(Work::Alone(change), hashes);
                    }
                    changes => push(Work::Whole(changes), hashes),
                }
                rest = later;
            }
        }
        tasks
    }
}

/// What was done must still be what is written; what failed may have been mended.
fn unchanged(tasks: &[Task<'_>], noted: &[Noted], of: usize) -> Result<()> {
    let hashes: Vec<&String> = tasks.iter().flat_map(|task| &task.hashes).collect();
    let is_edited = |noted: &&Noted| match noted.mark {
        Mark::Failed => false,
        Mark::Started | Mark::Done => noted.step.checked_sub(1).and_then(|at| hashes.get(at)).is_none_or(|hash| **hash != noted.hash),
    };
    match noted.iter().find(is_edited) {
        Some(noted) => Err(MigrationError::Edited { step: noted.step, of }.into()),
        None => Ok(()),
    }
}
