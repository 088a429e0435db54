//! On which connection a handle runs its statements.

use std::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Repo, guard};
use crate::adapter::deadline::{self, Watch};
use crate::adapter::exec::{self, Exec};
use crate::adapter::{Command, Lease, Role, Sink, Step};
use crate::error::{Error, RepoError, Result};

/// A pool, or one transaction.
#[derive(Clone)]
pub(super) enum Scope {
    /// Any free connection, for each statement anew.
    Pool {
        /// Even while this thread has a transaction open.
        outside: bool,
    },
    /// The connection of a transaction, while it is the innermost one.
    Transaction { session: Arc<Session>, serial: u32 },
}

/// One statement, and what belongs to it on its way to a connection.
pub(super) struct Call<'a> {
    pub(super) command: Command<'a>,
    pub(super) sink: &'a mut dyn Sink,
    /// Who runs it.
    pub(super) location: &'static Location<'static>,
}

/// A connection with a transaction on it, shared by the handles of that transaction and of those nested in it.
pub(super) struct Session(Mutex<Open>);

/// What is open on a session.
pub(super) struct Open {
    /// None when the outermost transaction has ended.
    pub(super) lease: Option<Lease>,
    /// The serial numbers of the open transactions, the outermost first.
    pub(super) levels: Vec<u32>,
    /// The number of the next one. None is used twice, so that a handle that was kept is told from a later one.
    pub(super) next_serial: u32,
    /// Has the database refused a statement of the innermost transaction?
    pub(super) aborted: bool,
    /// Has the database ended the outermost transaction by itself? What would be written now would be written outside of it.
    pub(super) ended_early: bool,
}

impl Session {
    pub(super) fn new(lease: Lease) -> Self {
        Session(Mutex::new(Open { lease: Some(lease), levels: vec![0], next_serial: 1, aborted: false, ended_early: false }))
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Open> {
        // What is behind the lock is changed in single steps, so it is sound even if a thread has panicked with it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// The connection, if the transaction of this number is the innermost one and the database still listens.
    pub(super) fn usable(&mut self, serial: u32) -> Result<&mut Lease> {
        if !self.levels.contains(&serial) {
            return Err(RepoError::TransactionOver.into());
        }
        if self.levels.last() != Some(&serial) {
            return Err(RepoError::InnerTransactionOpen.into());
        }
        if self.ended_early {
            return Err(RepoError::TransactionEnded.into());
        }
        if self.aborted {
            return Err(RepoError::TransactionAborted.into());
        }
        self.lease.as_mut().ok_or_else(|| RepoError::TransactionOver.into())
    }

    /// Why the transaction of this number cannot be committed, if it cannot.
    pub(super) fn refusal_to_commit(&mut self, serial: u32) -> Option<Error> {
        let aborted = self.aborted && !self.ended_early;
        match self.usable(serial) {
            Ok(_) => None,
            Err(error) if aborted && error.is_transaction_aborted() => Some(RepoError::CommitAborted.into()),
            Err(error) => Some(error),
        }
    }

    /// How many savepoints are open.
    pub(super) fn depth(&self) -> u32 {
        // OK because nobody nests four billion transactions.
        self.levels.len().saturating_sub(1) as u32
    }
}

impl Scope {
    pub(super) fn pool() -> Self {
        Scope::Pool { outside: false }
    }

    pub(super) fn outside() -> Self {
        Scope::Pool { outside: true }
    }

    pub(super) fn is_transaction(&self) -> bool {
        matches!(self, Scope::Transaction { .. })
    }
}

impl Repo {
    /// Runs one statement wherever this handle runs its statements.
    ///
    /// Those who listen are told which call of the application it was: so every function on the way from a public method to here has
    /// `#[track_caller]`, and no closure and no function pointer stands between, since they would lose it.
    #[track_caller]
    pub(super) fn run(&self, role: Role, command: Command<'_>, sink: &mut dyn Sink) -> Result<u64> {
        self.run_call(role, Call { command, sink, location: Location::caller() })
    }

    /// The same, for a call that is known. The only way to a connection but that of migrations.
    #[inline]
    pub(super) fn run_call(&self, role: Role, call: Call<'_>) -> Result<u64> {
        match &self.scope {
            Scope::Pool { outside } => self.run_on_pool(*outside, role, call),
            Scope::Transaction { session, serial } => self.run_on_session(session, *serial, call),
        }
    }

    fn run_on_pool(&self, outside: bool, role: Role, call: Call<'_>) -> Result<u64> {
        let mut lease = self.take(outside, role)?;
        let done = self.run_on(&mut lease, call);
        lease.finish()?;
        done
    }

    /// A free connection.
    pub(crate) fn take(&self, outside: bool, role: Role) -> Result<Lease> {
        if !outside && guard::is_inside(self.database()) {
            return Err(RepoError::OuterHandle.into());
        }
        self.shared.pool.take(role, self.options.timeout.map(deadline::after))
    }

    fn run_on_session(&self, session: &Session, serial: u32, call: Call<'_>) -> Result<u64> {
        let mut open = session.lock();
        let depth = open.depth() + 1;
        let lease = open.usable(serial)?;
        let savepoint = self.options.savepoint;
        let done = if savepoint { self.run_in_savepoint(lease, depth, call) } else { self.run_on(lease, call) };
        let ended = !lease.in_transaction();
        open.ended_early |= ended;
        open.aborted |= !savepoint && done.as_ref().is_err_and(Error::aborts_transaction);
        done
    }

    /// Runs something that the database may refuse without aborting the transaction.
    fn run_in_savepoint(&self, lease: &mut Lease, depth: u32, call: Call<'_>) -> Result<u64> {
        let location = call.location;
        self.step_on(lease, Step::Savepoint(depth), location)?;
        let done = self.run_on(lease, call);
        let undone = if done.is_err() { self.step_on(lease, Step::RollbackTo(depth), location) } else { Ok(()) };
        let released = undone.and_then(|()| self.step_on(lease, Step::Release(depth), location));
        // Where both failed, the first error says why.
        done.and_then(|count| released.map(|()| count))
    }

    fn run_on(&self, lease: &mut Lease, call: Call<'_>) -> Result<u64> {
        let queued = lease.queued();
        let (connection, watch) = lease.parts();
        exec::run(connection, call.command, call.sink, &self.context(Some(watch), queued, call.location))
    }

    /// Moves the transaction of a connection.
    pub(super) fn step_on(&self, lease: &mut Lease, step: Step, location: &'static Location<'static>) -> Result<()> {
        let queued = lease.queued();
        let (connection, watch) = lease.parts();
        exec::step(connection, step, &self.context(Some(watch), queued, location))
    }

    fn context<'a>(&'a self, watch: Option<&'a Watch>, queued: Duration, location: &'static Location<'static>) -> Exec<'a> {
        let dialect = self.shared.adapter.dialect();
        Exec { listeners: &self.shared.listeners, dialect, timeout: self.options.timeout, watch, queued, location }
    }

    /// What tells this database from others while it is open.
    pub(super) fn database(&self) -> usize {
        Arc::as_ptr(&self.shared).addr()
    }
}
