//! Beginning and ending transactions and, inside them, savepoints.

use std::panic::Location;
use std::sync::Arc;

use super::scope::{Scope, Session};
use super::{Repo, guard};
use crate::adapter::{Role, Step, TransactionMode};
use crate::error::{Error, RepoError, Result};

/// A transaction that has begun. Dropped without an end, it is rolled back.
pub(super) struct OpenTransaction {
    inner: Repo,
    session: Arc<Session>,
    serial: u32,
    ended: bool,
    /// The call that began it, which ends it too.
    location: &'static Location<'static>,
}

impl Repo {
    /// Begins a transaction, or a savepoint inside one.
    #[track_caller]
    pub(super) fn begin(&self) -> Result<OpenTransaction> {
        match &self.scope {
            Scope::Pool { outside } => self.begin_on_pool(*outside),
            Scope::Transaction { session, serial } => self.begin_nested(session, *serial),
        }
    }

    #[track_caller]
    fn begin_on_pool(&self, outside: bool) -> Result<OpenTransaction> {
        let mode = self.options.mode;
        let role = if mode == TransactionMode::ReadOnly { Role::Reader } else { Role::Writer };
        let mut lease = self.take(outside, role)?;
        self.step_on(&mut lease, Step::Begin(mode), Location::caller())?;
        guard::enter(self.database());
        Ok(self.opened(Arc::new(Session::new(lease)), 0))
    }

    #[track_caller]
    fn begin_nested(&self, session: &Arc<Session>, serial: u32) -> Result<OpenTransaction> {
        let mut open = session.lock();
        let depth = open.depth() + 1;
        self.step_on(open.usable(serial)?, Step::Savepoint(depth), Location::caller())?;
        let serial = open.next_serial;
        open.next_serial += 1;
        open.levels.push(serial);
        drop(open);
        Ok(self.opened(Arc::clone(session), serial))
    }

    #[track_caller]
    fn opened(&self, session: Arc<Session>, serial: u32) -> OpenTransaction {
        let scope = Scope::Transaction { session: Arc::clone(&session), serial };
        OpenTransaction { inner: Repo { scope, ..self.clone() }, session, serial, ended: false, location: Location::caller() }
    }
}

impl OpenTransaction {
    /// The handle that the user's function receives.
    pub(super) fn repo(&self) -> &Repo {
        &self.inner
    }

    /// Keeps what was done if that went well, else undoes it.
    pub(super) fn end_with<T, E: From<Error>>(self, outcome: Result<T, E>) -> Result<T, E> {
        match outcome {
            Ok(value) => {
                self.commit()?;
                Ok(value)
            }
            Err(error) => {
                self.rollback();
                Err(error)
            }
        }
    }

    /// Keeps what was done. If the database has refused a statement, or another thread still has a transaction open inside this one,
    /// nothing can be kept: it is rolled back, and that is an error.
    fn commit(mut self) -> Result<()> {
        self.ended = true;
        let refusal = self.session.lock().refusal_to_commit(self.serial);
        let Some(refusal) = refusal else { return self.end(Step::Commit, Step::Release) };
        self.end(Step::Rollback, Step::RollbackTo)?;
        Err(refusal)
    }

    /// Undoes what was done. That it cannot be undone means that the connection is lost, and with it what was done.
    fn rollback(mut self) {
        self.ended = true;
        let _ = self.end(Step::Rollback, Step::RollbackTo);
    }

    /// Ends this level, and with it those that others have left open inside it.
    fn end(&self, outer: Step, nested: fn(u32) -> Step) -> Result<()> {
        let mut open = self.session.lock();
        let Some(level) = open.levels.iter().position(|serial| *serial == self.serial) else {
            return Err(RepoError::TransactionOver.into());
        };
        open.levels.truncate(level);
        open.aborted = false;
        if level > 0 {
            if open.ended_early {
                // With the outermost transaction this one was undone.
                return Ok(());
            }
            let Some(lease) = open.lease.as_mut() else { return Err(RepoError::TransactionOver.into()) };
            // OK because it is a number of `levels`, of which there are fewer than 2^32.
            let depth = level as u32;
            let step = nested(depth);
            self.inner.step_on(lease, step, self.location)?;
            // Rolling back to a savepoint leaves it open.
            return if step == Step::RollbackTo(depth) { self.inner.step_on(lease, Step::Release(depth), self.location) } else { Ok(()) };
        }
        guard::leave(self.inner.database());
        let Some(mut lease) = open.lease.take() else { return Err(RepoError::TransactionOver.into()) };
        drop(open);
        let ended = self.inner.step_on(&mut lease, outer, self.location);
        if ended.is_err() && outer == Step::Commit {
            let _ = self.inner.step_on(&mut lease, Step::Rollback, self.location);
        }
        ended.and(lease.finish())
    }
}

impl Drop for OpenTransaction {
    /// The user's function has panicked.
    fn drop(&mut self) {
        if !self.ended {
            let _ = self.end(Step::Rollback, Step::RollbackTo);
        }
    }
}
