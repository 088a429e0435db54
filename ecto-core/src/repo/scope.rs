//! On which connection a handle runs its statements.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::{Repo, guard};
use crate::adapter::{Command, Connection, Exec, Lease, Role, Sink, Step, exec};
use crate::error::{RepoError, Result};

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
}

impl Session {
    pub(super) fn new(lease: Lease) -> Self {
        Session(Mutex::new(Open { lease: Some(lease), levels: vec![0], next_serial: 1, aborted: false }))
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
        if self.aborted {
            return Err(RepoError::TransactionAborted.into());
        }
        self.lease.as_mut().ok_or_else(|| RepoError::TransactionOver.into())
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
    /// Runs one statement wherever this handle runs its statements. The only way to a connection but that of migrations.
    pub(super) fn run(&self, role: Role, command: Command<'_>, sink: &mut dyn Sink) -> Result<u64> {
        match &self.scope {
            Scope::Pool { outside } => self.run_on_pool(*outside, role, command, sink),
            Scope::Transaction { session, serial } => self.run_on_session(session, *serial, command, sink),
        }
    }

    fn run_on_pool(&self, outside: bool, role: Role, command: Command<'_>, sink: &mut dyn Sink) -> Result<u64> {
        let mut lease = self.take(outside, role)?;
        let queued = lease.queued();
        let done = exec::run(lease.connection(), command, sink, &self.exec(Some(queued)));
        lease.finish()?;
        done
    }

    /// A free connection.
    pub(super) fn take(&self, outside: bool, role: Role) -> Result<Lease> {
        if !outside && guard::is_inside(self.database()) {
            return Err(RepoError::OuterHandle.into());
        }
        self.shared.pool.take(role, self.options.timeout.map(|limit| Instant::now() + limit))
    }

    fn run_on_session(&self, session: &Session, serial: u32, command: Command<'_>, sink: &mut dyn Sink) -> Result<u64> {
        let mut open = session.lock();
        let depth = open.depth() + 1;
        let connection = open.usable(serial)?.connection();
        let context = self.exec(None);
        if self.options.savepoint {
            return run_in_savepoint(connection, depth, |connection| exec::run(connection, command, sink, &context));
        }
        let done = exec::run(connection, command, sink, &context);
        if done.as_ref().is_err_and(crate::Error::aborts_transaction) {
            open.aborted = true;
        }
        done
    }

    fn exec(&self, queued: Option<std::time::Duration>) -> Exec<'_> {
        Exec { listeners: &self.shared.listeners, timeout: self.options.timeout, queued }
    }

    /// What tells this database from others while it is open.
    pub(super) fn database(&self) -> usize {
        Arc::as_ptr(&self.shared).addr()
    }
}

/// Runs something that the database may refuse without aborting the transaction.
fn run_in_savepoint(connection: &mut dyn Connection, depth: u32, run: impl FnOnce(&mut dyn Connection) -> Result<u64>) -> Result<u64> {
    connection.step(Step::Savepoint(depth))?;
    let done = run(connection);
    if done.is_err() {
        connection.step(Step::RollbackTo(depth))?;
    }
    connection.step(Step::Release(depth))?;
    done
}
