//! How the tables came to be: migrations forward and back, in Rust or in SQL.
//!
//! A migration only *describes*: it puts operations ([`ddl::Op`](crate::ddl::Op)) into a [`Change`], from which the way back is made by
//! inversion. A [`Migrator`] decides what to run and runs it, each migration in one transaction together with the row that records it.
//! Nothing here prints: whoever runs migrations gets each [`Event`].
//!
//! ```
//! use ecto_core::ddl::Type;
//! use ecto_core::migration::{Change, Migration};
//!
//! pub struct CreateUsers;
//! impl Migration for CreateUsers {
//!     fn change(&self, m: &mut Change) {
//!         m.create_table("users", |t| {
//!             t.add("name", Type::String).not_null();
//!             t.add("confirmed", Type::Boolean).default(false);
//!             t.timestamps();
//!         });
//!         m.create_unique_index("users", ["name"]);
//!     }
//! }
//! ```

mod change;
mod column_draft;
mod describe;
mod details;
mod embedded;
mod event;
mod ground;
mod hash;
mod history;
mod index_draft;
mod interrupt;
mod journal;
mod listen;
mod lock;
mod migrator;
mod note;
mod own_table;
mod prepare;
mod progress;
mod repair;
mod retry;
mod runner;
mod schedule;
mod source;
mod sql;
mod statements;
mod status;
mod steps;
mod table_draft;
mod work;

use std::time::Duration;

pub use change::Change;
pub use column_draft::ColumnDraft;
pub use event::Event;
pub use index_draft::IndexDraft;
pub use interrupt::Interrupt;
pub use lock::LockKind;
pub use migrator::Migrator;
pub use schedule::{Direction, Until};
pub use source::Migrations;
pub use statements::statements;
pub use status::{State, Status};
pub use table_draft::TableDraft;

/// One step in the history of a database.
///
/// Write [`change`](Migration::change), which is inverted by itself, or [`up`](Migration::up) and [`down`](Migration::down). If all are
/// written, `change` is not used.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a migration",
    label = "not a migration",
    note = "write `impl Migration for {Self} {{ fn change(&self, m: &mut Change) {{ … }} }}`"
)]
pub trait Migration: Send + Sync {
    /// What changes, for both directions.
    fn change(&self, m: &mut Change) {
        m.undescribed();
    }

    /// The way forward.
    fn up(&self, m: &mut Change) {
        m.both_ways(|m| self.change(m));
    }

    /// The way back; by default `change`, inverted.
    fn down(&self, m: &mut Change) {
        m.invert(|m| self.change(m));
    }

    /// What is done first in its transaction, whichever way it goes: `m.execute("SET LOCAL …")`. Not called where there is none.
    fn after_begin(&self, _m: &mut Change) {}

    /// What is done last in its transaction, whichever way it goes. Not called where there is none.
    fn before_commit(&self, _m: &mut Change) {}

    /// How it is run.
    fn options(&self) -> MigrationOptions {
        MigrationOptions::new()
    }
}

/// How a migration is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct MigrationOptions {
    /// Does it run in a transaction, so that it happens whole or not at all? On, unless a statement cannot run in one.
    pub transaction: bool,
    /// How long a statement waits for another session's lock before it fails. `None` is the usual: two seconds, where that can be said.
    pub lock_timeout: Option<Duration>,
    /// Does a run with it keep other runs out? On. Where none of the migrations that would run needs it, no lock is taken.
    pub lock: bool,
    /// Is it tried again when it was blocked? `None`: if it has no function of the application.
    pub retry: Option<bool>,
    /// How long one of its statements may take. `None` is: however long.
    pub timeout: Option<Duration>,
}

impl MigrationOptions {
    /// In a transaction, under the lock of runs, and with the usual patience.
    #[must_use]
    pub fn new() -> Self {
        MigrationOptions { transaction: true, lock_timeout: None, lock: true, retry: None, timeout: None }
    }

    /// Does it run in a transaction? Without one, what ran before a failure stays, and the version is recorded last.
    #[must_use]
    pub fn transaction(mut self, transaction: bool) -> Self {
        self.transaction = transaction;
        self
    }

    /// How long a statement waits for another session's lock before it fails.
    #[must_use]
    pub fn lock_timeout(mut self, limit: Duration) -> Self {
        self.lock_timeout = Some(limit);
        self
    }

    /// Does a run with it keep other runs out?
    #[must_use]
    pub fn lock(mut self, lock: bool) -> Self {
        self.lock = lock;
        self
    }

    /// Is it tried again, as a whole, when another session blocked it? Functions of the application are run again then, so with one of them
    /// it must be said.
    #[must_use]
    pub fn retry(mut self, retry: bool) -> Self {
        self.retry = Some(retry);
        self
    }

    /// How long one of its statements may take.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }
}

impl Default for MigrationOptions {
    fn default() -> Self {
        MigrationOptions::new()
    }
}

#[cfg(test)]
#[cfg(feature = "sqlite")]
mod tests;
