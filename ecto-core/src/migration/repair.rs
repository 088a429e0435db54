//! Setting right by hand what is recorded: where only a person knows what was done.

use super::event::Event;
use super::journal::{Mark, Noted};
use super::migrator::Migrator;
use super::runner::Session;
use crate::adapter::{Role, Step, TransactionMode};
use crate::error::{MigrationError, Result};

impl Migrator<'_> {
    /// Records a version as applied, and runs nothing. `false` if it was recorded already.
    ///
    /// # Errors
    /// When the database cannot be asked, or another run is under way.
    pub fn mark_applied(&self, version: i64, report: &mut dyn FnMut(Event<'_>)) -> Result<bool> {
        self.repairing(report, |session| {
            session.history.create(session.connection.as_mut())?;
            forget_steps(session, version)?;
            let applied = session.history.applied(session.connection.as_mut())?;
            match applied.iter().any(|applied| applied.version == version) {
                true => Ok(false),
                false => session.history.insert(session.connection.as_mut(), version).map(|()| true),
            }
        })
    }

    /// Forgets that a version was applied, and undoes nothing. `false` if it was not recorded.
    ///
    /// # Errors
    /// When the database cannot be asked, or another run is under way.
    pub fn mark_pending(&self, version: i64, report: &mut dyn FnMut(Event<'_>)) -> Result<bool> {
        self.repairing(report, |session| {
            forget_steps(session, version)?;
            match session.history.exists(session.connection.as_mut())? {
                true => session.history.delete(session.connection.as_mut(), version),
                false => Ok(false),
            }
        })
    }

    /// Says that a step, counted from 1, was done: the next run goes on behind it.
    ///
    /// # Errors
    /// When nothing is noted of this step; when the database cannot be asked, or another run is under way.
    pub fn step_done(&self, version: i64, step: usize, report: &mut dyn FnMut(Event<'_>)) -> Result<()> {
        self.repairing(report, |session| {
            let noted = noted(session, version, step)?;
            session.journal().note(session.connection.as_mut(), version, &Noted { mark: Mark::Done, ..noted }, None)
        })
    }

    /// Says that a step, counted from 1, was not done: the next run does it.
    ///
    /// # Errors
    /// When nothing is noted of this step; when the database cannot be asked, or another run is under way.
    pub fn step_redo(&self, version: i64, step: usize, report: &mut dyn FnMut(Event<'_>)) -> Result<()> {
        self.repairing(report, |session| {
            noted(session, version, step)?;
            session.journal().forget(session.connection.as_mut(), version, Some(step)).map(drop)
        })
    }

    /// In a transaction, under the lock of runs.
    fn repairing<T>(&self, report: &mut dyn FnMut(Event<'_>), work: impl FnOnce(&mut Session<'_>) -> Result<T>) -> Result<T> {
        let mut connection = self.adapter.connect(Role::Writer)?;
        self.session(&mut connection, |session| {
            self.in_turn(session, report, |session, _| {
                session.connection.step(Step::Begin(TransactionMode::Write))?;
                let outcome = work(session);
                match &outcome {
                    Ok(_) => session.connection.step(Step::Commit)?,
                    Err(_) => session.undo(),
                }
                outcome
            })
        })
    }
}

fn noted(session: &mut Session<'_>, version: i64, step: usize) -> Result<Noted> {
    let noted = session.journal().noted(session.connection.as_mut(), Some(version))?;
    let found = noted.into_iter().map(|(_, noted)| noted).find(|noted| noted.step == step);
    found.ok_or_else(|| MigrationError::NoSuchStep { version, step }.into())
}

fn forget_steps(session: &mut Session<'_>, version: i64) -> Result<()> {
    let journal = session.journal();
    match journal.noted(session.connection.as_mut(), Some(version))?.is_empty() {
        true => Ok(()),
        false => journal.forget(session.connection.as_mut(), version, None).map(drop),
    }
}
