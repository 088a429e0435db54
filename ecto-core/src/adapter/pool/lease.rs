//! A connection that is lent.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use super::super::deadline::Watch;
use super::super::{Connection, Role, Step};
use super::Pool;
use super::lane::Entry;
use crate::error::{AdapterError, Result};

/// A connection that is given back when this is dropped.
pub struct Lease {
    pool: Pool,
    role: Role,
    queued: Duration,
    /// `None` only while it is given back.
    entry: Option<Entry>,
}

impl std::fmt::Debug for Lease {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lease").field("pool", &self.pool).field("role", &self.role).field("queued", &self.queued).finish_non_exhaustive()
    }
}

impl Lease {
    #[inline]
    pub(super) fn new(pool: Pool, role: Role, entry: Entry, queued: Duration) -> Self {
        Lease { pool, role, queued, entry: Some(entry) }
    }

    /// How long it was waited for, opening included.
    #[must_use]
    pub fn queued(&self) -> Duration {
        self.queued
    }

    /// Whom it was lent to.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// The pool it belongs to.
    #[must_use]
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// The connection, and the place of its deadline.
    pub fn parts(&mut self) -> (&mut dyn Connection, &Watch) {
        let entry = self.entry_mut();
        let watch = entry.watch.get_or_init(|| Watch::new(entry.connection.canceller()));
        (&mut *entry.connection, watch)
    }

    /// The connection, for whoever has to put another in its place for a while.
    pub fn connection_mut(&mut self) -> &mut Box<dyn Connection> {
        &mut self.entry_mut().connection
    }

    /// Takes the connection out of its pool, which keeps its place empty.
    #[must_use]
    pub fn into_connection(mut self) -> Option<Box<dyn Connection>> {
        self.entry.take().map(|entry| entry.connection)
    }

    /// Gives it back.
    ///
    /// # Errors
    /// When a transaction was left open: it was rolled back.
    pub fn finish(mut self) -> Result<()> {
        if self.give_back() { Err(AdapterError::LeftOpen.into()) } else { Ok(()) }
    }

    /// Closes the connection instead of giving it back.
    pub fn discard(mut self) {
        if let Some(entry) = self.entry.take() {
            self.pool.lane(self.role).discard(entry);
        }
    }

    /// Was a transaction left open?
    #[inline]
    fn give_back(&mut self) -> bool {
        let Some(mut entry) = self.entry.take() else { return false };
        let lane = self.pool.lane(self.role);
        let left_open = entry.connection.in_transaction();
        if left_open && entry.connection.step(Step::Rollback).is_err() {
            lane.discard(entry);
        } else {
            lane.give(entry);
        }
        left_open
    }

    #[inline]
    #[expect(clippy::expect_used, reason = "the entry is taken only by methods that consume the lease, and by drop")]
    fn entry_mut(&mut self) -> &mut Entry {
        self.entry.as_mut().expect("a lease has its connection until it is given back")
    }
}

impl Deref for Lease {
    type Target = dyn Connection;

    #[inline]
    #[expect(clippy::expect_used, reason = "the entry is taken only by methods that consume the lease, and by drop")]
    fn deref(&self) -> &Self::Target {
        &*self.entry.as_ref().expect("a lease has its connection until it is given back").connection
    }
}

impl DerefMut for Lease {
    #[inline]
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut *self.entry_mut().connection
    }
}

impl Drop for Lease {
    #[inline]
    fn drop(&mut self) {
        self.give_back();
    }
}
