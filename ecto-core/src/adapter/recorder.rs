//! An adapter for tests: it writes down what it is asked, and fails when it is told to.
//!
//! It stands in front of another adapter. [`Recorder::new`] borrows that one's way of writing SQL and never opens it: statements
//! are answered from a queue of rows, so a test needs no database. [`Recorder::around`] lets everything through, so a test can count statements, or
//! lose a connection in the middle of a transaction, on a real one.
//!
//! ```
//! use ecto_core::adapter::{ConnectOptions, PoolOptions, open};
//! use ecto_core::adapter::recorder::{Fault, Recorder, When};
//! use ecto_core::Repo;
//!
//! # fn main() -> Result<(), ecto_core::Error> {
//! let (database, _) = open("sqlite::memory:", ConnectOptions::default(), PoolOptions::default())?;
//! let recorder = Recorder::around(database);
//! let repo = Repo::with_adapter(recorder.adapter());
//! recorder.fail(When::Contains("COMMIT"), Fault::Lost);
//!
//! let outcome = repo.transaction(|repo| repo.query("SELECT 1", ()).map(drop));
//! assert!(outcome.is_err_and(|error| error.is_connection()));
//! assert_eq!(recorder.texts(), ["BEGIN", "SELECT 1", "COMMIT", "ROLLBACK"]);
//! # Ok(())
//! # }
//! ```

mod connection;
mod fault;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Adapter, Connection, Role, Storage, Structure, Topology};
use crate::capability::Capabilities;
use crate::error::Result;
use crate::types::Value;
use connection::Recording;
pub use fault::{Fault, When};

/// One thing that was asked of a connection.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Recorded {
    /// The SQL text; `BEGIN`, `COMMIT` and their kin for the moves of a transaction.
    pub sql: String,
    /// The parameters in the order of their placeholders; those of a bulk insert row by row.
    pub params: Vec<Value>,
    /// How many rows a bulk insert was of; 1 for all else.
    pub rows: usize,
}

/// Writes down what it is asked. Clones share what was written down.
#[derive(Clone)]
pub struct Recorder {
    database: Arc<dyn Adapter>,
    passes_on: bool,
    tape: Arc<Mutex<Tape>>,
}

/// What was asked, and what is to be answered.
#[derive(Default)]
struct Tape {
    recorded: Vec<Recorded>,
    answers: VecDeque<Vec<Vec<Value>>>,
    faults: Vec<(When, Fault)>,
}

impl std::fmt::Debug for Recorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Recorder").field("database", &self.database.describe()).field("passes_on", &self.passes_on).finish_non_exhaustive()
    }
}

impl Recorder {
    /// Writes SQL as this database does, and never opens it. A statement is answered by the next queued rows, or by none.
    #[must_use]
    pub fn new(database: Arc<dyn Adapter>) -> Self {
        Recorder { database, passes_on: false, tape: Arc::default() }
    }

    /// Lets everything through to this database.
    #[must_use]
    pub fn around(database: Arc<dyn Adapter>) -> Self {
        Recorder { database, passes_on: true, tape: Arc::default() }
    }

    /// As what a repo is made over.
    #[must_use]
    pub fn adapter(&self) -> Arc<dyn Adapter> {
        Arc::new(self.clone())
    }

    /// Queues the rows of one statement.
    pub fn answer(&self, rows: impl IntoIterator<Item = Vec<Value>>) {
        self.tape().answers.push_back(rows.into_iter().collect());
    }

    /// Fails once, at the first thing asked for which `when` holds.
    pub fn fail(&self, when: When, fault: Fault) {
        let mut tape = self.tape();
        let when = when.after(tape.recorded.len());
        tape.faults.push((when, fault));
    }

    /// What was asked so far.
    #[must_use]
    pub fn recorded(&self) -> Vec<Recorded> {
        self.tape().recorded.clone()
    }

    /// The texts of what was asked so far.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        self.tape().recorded.iter().map(|recorded| recorded.sql.clone()).collect()
    }

    /// Forgets what was asked so far; answers and faults stay.
    pub fn clear(&self) {
        self.tape().recorded.clear();
    }

    /// Writes something down, and says whether it is to fail.
    fn record(&self, recorded: Recorded) -> Option<Fault> {
        let mut tape = self.tape();
        let number = tape.recorded.len();
        let due = tape.faults.iter().position(|(when, _)| when.holds(number, &recorded.sql));
        tape.recorded.push(recorded);
        due.map(|at| tape.faults.remove(at).1)
    }

    fn next_answer(&self) -> Vec<Vec<Value>> {
        self.tape().answers.pop_front().unwrap_or_default()
    }

    fn tape(&self) -> MutexGuard<'_, Tape> {
        self.tape.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Adapter for Recorder {
    fn capabilities(&self) -> &'static Capabilities {
        self.database.capabilities()
    }

    fn topology(&self) -> Topology {
        if self.passes_on { self.database.topology() } else { Topology::Uniform }
    }

    fn connect(&self, role: Role) -> Result<Box<dyn Connection>> {
        let inner = if self.passes_on { Some(self.database.connect(role)?) } else { None };
        Ok(Box::new(Recording::new(self.clone(), inner)))
    }

    fn storage(&self) -> &dyn Storage {
        self.database.storage()
    }

    fn describe(&self) -> &str {
        self.database.describe()
    }

    fn dialect(&self) -> &'static dyn super::sql::Dialect {
        self.database.dialect()
    }

    fn ddl(&self) -> &'static dyn super::sql::ddl::DdlDialect {
        self.database.ddl()
    }

    fn structure(&self) -> &dyn Structure {
        self.database.structure()
    }
}

#[cfg(test)]
#[cfg(feature = "sqlite")]
mod tests;
