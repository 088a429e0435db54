//! What happens to each statement, for those who listen: loggers, metrics, tests that count queries.
//!
//! An event is made only if somebody listens. Values of fields that are marked `redact` are not in it. Migrations report
//! to [`Migrator`](crate::migration::Migrator) instead.
//!
//! ```
//! # use ecto_core::prelude::*;
//! # fn main() -> Result<()> {
//! let repo = Repo::builder("sqlite::memory:")
//!     .on_statement(|event| eprintln!("{}: {} {:?} in {:?}", event.location, event.sql, event.params, event.total()))
//!     .connect()?;
//! repo.query("SELECT ?1", (7,))?; // src/main.rs:6:6: SELECT ?1 ["7"] in 21.3µs
//! # Ok(())
//! # }
//! ```

mod repeats;

use std::fmt;
use std::panic::Location;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

pub use repeats::RepeatGuard;

use crate::error::Error;
pub use crate::error::Repeat;

/// One statement that was run.
#[derive(Debug)]
#[non_exhaustive]
pub struct Event<'a> {
    /// As it was sent.
    pub sql: &'a str,
    /// The table that it reads or writes first; `None` for a statement given as text, and for the moves of a transaction.
    pub source: Option<&'a str>,
    /// The parameters in the order of their placeholders, printed; redacted ones are `**redacted**`. Empty for a bulk insert.
    pub params: &'a [String],
    /// How long a connection was waited for. Zero inside a transaction.
    pub queued: Duration,
    /// How long the database took.
    pub query: Duration,
    /// How long it took to turn rows into Rust values.
    pub decode: Duration,
    /// How many rows were written, or read if none were. Zero after a failure.
    pub rows: u64,
    /// Why it failed, if it did.
    pub error: Option<&'a Error>,
    /// The call of the application that ran it: file, line and column of `repo.all(..)` and its like. What a call sends beside its own statement has
    /// its place too: each statement of a preload, and the begin and the end of a transaction.
    pub location: &'static Location<'static>,
}

impl Event<'_> {
    /// All three times together.
    #[must_use]
    pub fn total(&self) -> Duration {
        self.queued + self.query + self.decode
    }
}

type Listener = Arc<dyn Fn(&Event<'_>) + Send + Sync>;

/// Those who listen. Clones share one list.
#[derive(Clone, Default)]
pub struct Listeners(Arc<Shared>);

#[derive(Default)]
struct Shared {
    any: AtomicBool,
    /// None is given twice, so that removing one that is gone removes no other.
    next: AtomicU64,
    list: RwLock<Vec<(u64, Listener)>>,
}

/// Which listener: what [`Listeners::remove`] takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListenerId(u64);

impl Listeners {
    /// Nobody yet.
    #[must_use]
    pub fn new() -> Self {
        Listeners::default()
    }

    /// Adds one. It is called on the thread that ran the statement, which waits for it.
    pub fn add(&self, listener: impl Fn(&Event<'_>) + Send + Sync + 'static) -> ListenerId {
        let mut list = self.0.list.write().unwrap_or_else(PoisonError::into_inner);
        let id = self.0.next.fetch_add(1, Ordering::Relaxed);
        list.push((id, Arc::new(listener)));
        self.0.any.store(true, Ordering::Release);
        ListenerId(id)
    }

    /// Removes one.
    pub fn remove(&self, id: ListenerId) {
        let mut list = self.0.list.write().unwrap_or_else(PoisonError::into_inner);
        list.retain(|(other, _)| *other != id.0);
        self.0.any.store(!list.is_empty(), Ordering::Release);
    }

    /// Does nobody listen?
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.0.any.load(Ordering::Acquire)
    }

    /// Tells all of them. They may add and remove listeners.
    pub fn tell(&self, event: &Event<'_>) {
        let list = self.0.list.read().unwrap_or_else(PoisonError::into_inner).clone();
        for (_, listener) in &list {
            listener(event);
        }
    }
}

impl fmt::Debug for Listeners {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.list.read().unwrap_or_else(PoisonError::into_inner).len();
        write!(f, "Listeners({count})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listener_that_is_gone_takes_no_other_with_it() {
        let listeners = Listeners::new();
        let first = listeners.add(|_| {});
        listeners.remove(first);
        let second = listeners.add(|_| {});
        listeners.remove(first);
        assert!(!listeners.is_empty());
        listeners.remove(second);
        assert!(listeners.is_empty());
    }
}
