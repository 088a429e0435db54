//! What can be chosen for each call. The only option struct of a repo.

use std::sync::Arc;
use std::time::Duration;

use crate::adapter::TransactionMode;

/// What holds for everything that is done with a handle. Made by [`Repo::with`](super::Repo::with).
#[derive(Debug, Clone, Default)]
pub struct Options {
    pub(super) timeout: Option<Duration>,
    pub(super) prefix: Option<Arc<str>>,
    pub(super) savepoint: bool,
    pub(super) mode: TransactionMode,
}

impl Options {
    /// A statement that takes longer is stopped, and is an error for which [`is_timeout`](crate::Error::is_timeout) holds.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// The named schema in which the tables are. A database without named schemas refuses it.
    #[must_use]
    pub fn prefix(mut self, prefix: &str) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// In a transaction: each statement has a savepoint of its own, so that a refused one does not abort the transaction.
    #[must_use]
    pub fn savepoint(mut self) -> Self {
        self.savepoint = true;
        self
    }

    /// A transaction that is begun with this handle only reads.
    #[must_use]
    pub fn read_only(mut self) -> Self {
        self.mode = TransactionMode::ReadOnly;
        self
    }

    /// A transaction that is begun with this handle runs as if it were alone. It may fail with an error for which
    /// [`is_serialization_failure`](crate::Error::is_serialization_failure) holds, and can then be tried again.
    #[must_use]
    pub fn serializable(mut self) -> Self {
        self.mode = TransactionMode::Serializable;
        self
    }
}
