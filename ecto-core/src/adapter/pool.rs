//! Connections lent and taken back.
//!
//! First come, first served; opened when needed, never in advance; no thread of its own. What is old, idle for too long or broken is
//! replaced when somebody asks for a connection, not by a timer. A connection that comes back inside a transaction is rolled back, and whoever gave
//! it back by [`Lease::finish`] is told.

mod lane;
mod lease;

use std::sync::Arc;
use std::time::Instant;

use super::{Adapter, Connection, PoolOptions, Role, Topology};
use crate::error::Result;
use lane::Lane;
pub use lease::Lease;

/// The connections to one database, shared by all clones.
#[derive(Clone)]
pub struct Pool(Arc<Lanes>);

/// Who opens connections, and the queues for them.
struct Lanes {
    adapter: Arc<dyn Adapter>,
    options: PoolOptions,
    /// Everyone, or those who write.
    main: Lane,
    /// Those who read, where they queue apart.
    readers: Option<Lane>,
}

impl std::fmt::Debug for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pool").field("database", &self.0.adapter.describe()).field("options", &self.0.options).finish()
    }
}

impl Pool {
    /// Over a database. Opens nothing yet.
    #[must_use]
    pub fn new(adapter: Arc<dyn Adapter>, options: PoolOptions) -> Pool {
        let (main, readers) = match adapter.topology() {
            Topology::Uniform => (Lane::new(Role::Writer, options.size, &options), None),
            Topology::OneWriter => (Lane::new(Role::Writer, 1, &options), Some(Lane::new(Role::Reader, options.size, &options))),
            Topology::Single => (Lane::kept_open(Role::Writer, &options), None),
        };
        Pool(Arc::new(Lanes { adapter, options, main, readers }))
    }

    /// Over one connection that is open already, and no other.
    #[must_use]
    pub fn around(adapter: Arc<dyn Adapter>, connection: Box<dyn Connection>, options: PoolOptions) -> Pool {
        let main = Lane::around(connection, &options);
        Pool(Arc::new(Lanes { adapter, options, main, readers: None }))
    }

    /// Lends a connection, and waits for one until `deadline`, or as long as the options say.
    ///
    /// # Errors
    /// When none became free in time, or a new one could not be opened.
    #[inline]
    pub fn take(&self, role: Role, deadline: Option<Instant>) -> Result<Lease> {
        let (entry, queued) = self.lane(role).take(&*self.0.adapter, deadline)?;
        Ok(Lease::new(self.clone(), role, entry, queued))
    }

    /// The database behind it.
    #[must_use]
    pub fn adapter(&self) -> &Arc<dyn Adapter> {
        &self.0.adapter
    }

    /// How it was set up.
    #[must_use]
    pub fn options(&self) -> &PoolOptions {
        &self.0.options
    }

    /// How many connections are open, and how many of these are free.
    #[must_use]
    pub fn count(&self) -> PoolCount {
        let lanes = [Some(&self.0.main), self.0.readers.as_ref()];
        lanes
            .into_iter()
            .flatten()
            .map(Lane::count)
            .fold(PoolCount::default(), |a, b| PoolCount { open: a.open + b.open, free: a.free + b.free })
    }

    /// Closes every free connection; those that are lent are closed when they come back. A database in memory is lost.
    pub fn close(&self) {
        self.0.main.close();
        if let Some(readers) = &self.0.readers {
            readers.close();
        }
    }

    #[inline]
    fn lane(&self, role: Role) -> &Lane {
        match (role, &self.0.readers) {
            (Role::Reader, Some(readers)) => readers,
            _ => &self.0.main,
        }
    }
}

/// What [`Pool::count`] answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PoolCount {
    /// Open connections, lent or free.
    pub open: usize,
    /// Of these, not lent.
    pub free: usize,
}

#[cfg(test)]
mod tests;
