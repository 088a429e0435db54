//! A repo over one connection that belongs to somebody else, for as long as a function runs: how migrations run code of the application.

use std::sync::Arc;

use super::scope::{Scope, Session};
use super::{Options, Repo, Shared};
use crate::adapter::{Adapter, Cancel, Command, Connection, Lease, Pool, PoolOptions, Role, Sink, Step};
use crate::error::{RepoError, Result};
use crate::telemetry::Listeners;

impl Repo {
    /// Runs `work` with a repo whose only connection is this one. If a transaction is open on it, the repo is the handle of that
    /// transaction, and what the database refused in it makes this fail, too.
    pub(crate) fn lend(adapter: &Arc<dyn Adapter>, connection: &mut Box<dyn Connection>, work: &dyn Fn(&Repo) -> Result<()>) -> Result<()> {
        let in_transaction = connection.in_transaction();
        let lent = std::mem::replace(connection, Box::new(Away));
        let pool = Pool::around(Arc::clone(adapter), lent, PoolOptions::default());
        let shared = Arc::new(Shared { adapter: Arc::clone(adapter), pool: pool.clone(), listeners: Listeners::new() });
        let repo = Repo { shared, scope: Scope::pool(), options: Options::default() };
        let (outcome, lease) = match in_transaction {
            true => {
                let session = Arc::new(Session::new(pool.take(Role::Writer, None)?));
                let scope = Scope::Transaction { session: Arc::clone(&session), serial: 0 };
                let outcome = work(&Repo { scope, ..repo });
                let mut open = session.lock();
                let refusal = open.refusal_to_commit(0);
                open.levels.clear();
                (outcome.and(refusal.map_or(Ok(()), Err)), open.lease.take())
            }
            false => (work(&repo), Some(pool.take(Role::Writer, None)?)),
        };
        match lease.and_then(Lease::into_connection) {
            Some(back) => *connection = back,
            None => return outcome.and(Err(RepoError::TransactionOver.into())),
        }
        outcome
    }
}

/// Stands where a connection was that is lent.
pub(crate) struct Away;

impl Away {
    fn refuse<T>() -> Result<T> {
        Err(RepoError::TransactionOver.into())
    }
}

impl Connection for Away {
    fn run(&mut self, _command: Command<'_>, _sink: &mut dyn Sink) -> Result<u64> {
        Away::refuse()
    }

    fn script(&mut self, _sql: &str) -> Result<()> {
        Away::refuse()
    }

    fn step(&mut self, _step: Step) -> Result<()> {
        Away::refuse()
    }

    fn canceller(&self) -> Box<dyn Cancel> {
        Box::new(Nothing)
    }

    fn is_broken(&self) -> bool {
        true
    }

    fn ping(&mut self) -> bool {
        false
    }

    fn in_transaction(&mut self) -> bool {
        false
    }
}

struct Nothing;

impl Cancel for Nothing {
    fn cancel(&self) {}
}
