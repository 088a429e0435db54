//! One queue for connections of one role.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use super::super::deadline::{Watch, after};
use super::super::{Adapter, Connection, PoolOptions, Role};
use super::PoolCount;
use crate::error::{AdapterError, Result};

/// An open connection, and what the pool knows of it.
pub(super) struct Entry {
    pub(super) connection: Box<dyn Connection>,
    /// Made when the first deadline is set.
    pub(super) watch: OnceLock<Arc<Watch>>,
    /// When it was lent last: one look at the clock serves for lending and giving back.
    lent: Instant,
    /// Until then it is lent without a further look. Kept, because the arithmetic of times would cost more than all else here.
    fresh_until: Instant,
    /// When it is too old, however much it is used.
    expires: Option<Instant>,
    /// `close` was called since it was opened.
    generation: u64,
}

pub(super) struct Lane {
    role: Role,
    size: usize,
    /// Never closed: with it a database in memory would be gone.
    kept_open: bool,
    queue_timeout: Duration,
    /// For so long after its use one is lent without a look.
    fresh_for: Duration,
    idle_limit: Option<Duration>,
    max_lifetime: Option<Duration>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The one used last is lent first; so those at the front grow old and are closed.
    free: Vec<Entry>,
    open: usize,
    waiting: VecDeque<Arc<Waiter>>,
    generation: u64,
}

/// One who waits, and what was granted to him.
#[derive(Default)]
struct Waiter {
    grant: Mutex<Option<Grant>>,
    granted: Condvar,
}

enum Grant {
    Connection(Box<Entry>),
    /// Leave to open one: another was closed for it.
    Place,
}

/// Leave to open a connection; handed on if it was not used, by an error or a panic.
struct Place<'l>(&'l Lane);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.release();
    }
}

impl Lane {
    pub(super) fn new(role: Role, size: usize, options: &PoolOptions) -> Lane {
        Lane {
            role,
            size: size.max(1),
            kept_open: false,
            queue_timeout: options.queue_timeout,
            fresh_for: fresh_for(options.check_after, options.idle_limit),
            idle_limit: options.idle_limit,
            max_lifetime: options.max_lifetime,
            state: Mutex::default(),
        }
    }

    /// One connection, for as long as the pool lives.
    pub(super) fn kept_open(role: Role, options: &PoolOptions) -> Lane {
        let fresh_for = fresh_for(options.check_after, None);
        Lane { kept_open: true, fresh_for, idle_limit: None, max_lifetime: None, ..Lane::new(role, 1, options) }
    }

    /// This connection, for as long as the pool lives.
    pub(super) fn around(connection: Box<dyn Connection>, options: &PoolOptions) -> Lane {
        let lane = Lane::kept_open(Role::Writer, options);
        let mut state = lock(&lane.state);
        state.open = 1;
        let generation = state.generation;
        state.free.push(Lane::entry(connection, None, generation));
        drop(state);
        lane
    }

    fn entry(connection: Box<dyn Connection>, expires: Option<Instant>, generation: u64) -> Entry {
        let now = Instant::now();
        Entry { connection, watch: OnceLock::new(), lent: now, fresh_until: now, expires, generation }
    }

    /// A connection, and how long it was waited for.
    ///
    /// # Errors
    /// When none became free in time, or a new one could not be opened.
    #[inline]
    pub(super) fn take(&self, adapter: &dyn Adapter, deadline: Option<Instant>) -> Result<(Entry, Duration)> {
        let now = Instant::now();
        let mut state = lock(&self.state);
        if state.waiting.is_empty()
            && let Some(mut entry) = state.free.pop()
        {
            let aged = state
                .free
                .first()
                .is_some_and(|oldest| now >= oldest.fresh_until && self.is_old(oldest, now))
                .then(|| self.remove_old(&mut state, now));
            drop(state);
            drop(aged);
            if now < entry.fresh_until {
                self.lend(&mut entry, now);
                return Ok((entry, Duration::ZERO));
            }
            return self.revive(entry, adapter, now).map(|entry| (entry, Duration::ZERO));
        }
        self.take_slowly(state, adapter, now, deadline)
    }

    /// One that was idle for long: asked for a sign of life, and replaced if there is none.
    #[cold]
    fn revive(&self, mut entry: Entry, adapter: &dyn Adapter, now: Instant) -> Result<Entry> {
        if self.kept_open || (!self.is_old(&entry, now) && entry.connection.ping()) {
            self.lend(&mut entry, now);
            return Ok(entry);
        }
        let place = Place(self);
        drop(entry);
        self.open(place, adapter)
    }

    #[cold]
    fn take_slowly(
        &self,
        mut state: MutexGuard<'_, State>,
        adapter: &dyn Adapter,
        start: Instant,
        deadline: Option<Instant>,
    ) -> Result<(Entry, Duration)> {
        if state.waiting.is_empty() && state.open < self.size {
            state.open += 1;
            drop(state);
            return self.open(Place(self), adapter).map(|entry| (entry, start.elapsed()));
        }
        let waiter = Arc::new(Waiter::default());
        state.waiting.push_back(Arc::clone(&waiter));
        drop(state);
        match self.wait(&waiter, deadline.unwrap_or_else(|| after(self.queue_timeout))) {
            Some(Grant::Connection(mut entry)) => {
                self.lend(&mut entry, Instant::now());
                Ok((*entry, start.elapsed()))
            }
            Some(Grant::Place) => self.open(Place(self), adapter).map(|entry| (entry, start.elapsed())),
            None => Err(AdapterError::PoolTimeout { waited: start.elapsed(), size: self.size }.into()),
        }
    }

    fn wait(&self, waiter: &Arc<Waiter>, deadline: Instant) -> Option<Grant> {
        let mut grant = lock(&waiter.grant);
        loop {
            if grant.is_some() {
                return grant.take();
            }
            let now = Instant::now();
            if now >= deadline {
                break;
            }
            grant = waiter.granted.wait_timeout(grant, deadline - now).unwrap_or_else(PoisonError::into_inner).0;
        }
        drop(grant);
        lock(&self.state).waiting.retain(|other| !Arc::ptr_eq(other, waiter));
        // It may have been granted in between, and nobody else knows of it.
        lock(&waiter.grant).take()
    }

    fn open(&self, place: Place<'_>, adapter: &dyn Adapter) -> Result<Entry> {
        let connection = adapter.connect(self.role)?;
        // Used: it is released when the connection is closed.
        std::mem::forget(place);
        let now = Instant::now();
        let generation = lock(&self.state).generation;
        let expires = self.max_lifetime.and_then(|limit| now.checked_add(limit));
        let mut entry = Lane::entry(connection, expires, generation);
        self.lend(&mut entry, now);
        Ok(entry)
    }

    /// Takes a connection back.
    #[inline]
    pub(super) fn give(&self, entry: Entry) {
        if entry.connection.is_broken() && !self.kept_open {
            return self.discard(entry);
        }
        let mut state = lock(&self.state);
        if entry.generation != state.generation {
            drop(state);
            return self.discard(entry);
        }
        match state.waiting.pop_front() {
            None => state.free.push(entry),
            Some(waiter) => waiter.give(Grant::Connection(Box::new(entry))),
        }
    }

    /// Closes a connection, and lets the next in the queue open another.
    #[cold]
    pub(super) fn discard(&self, entry: Entry) {
        drop(entry);
        self.release();
    }

    fn release(&self) {
        let mut state = lock(&self.state);
        match state.waiting.pop_front() {
            None => state.open -= 1,
            Some(waiter) => waiter.give(Grant::Place),
        }
    }

    #[inline]
    fn lend(&self, entry: &mut Entry, now: Instant) {
        entry.lent = now;
        entry.fresh_until = entry.expires.map_or(now + self.fresh_for, |expires| expires.min(now + self.fresh_for));
    }

    fn is_old(&self, entry: &Entry, now: Instant) -> bool {
        self.idle_limit.is_some_and(|limit| now.duration_since(entry.lent) > limit) || entry.expires.is_some_and(|expires| now > expires)
    }

    /// Takes those out that are too old, to be closed when the lock is released.
    fn remove_old(&self, state: &mut State, now: Instant) -> Vec<Entry> {
        let (old, young) = std::mem::take(&mut state.free).into_iter().partition(|entry| self.is_old(entry, now));
        state.free = young;
        let old: Vec<Entry> = old;
        state.open -= old.len();
        old
    }

    pub(super) fn count(&self) -> PoolCount {
        let state = lock(&self.state);
        PoolCount { open: state.open, free: state.free.len() }
    }

    pub(super) fn close(&self) {
        let mut state = lock(&self.state);
        state.generation += 1;
        let closed = std::mem::take(&mut state.free);
        state.open -= closed.len();
        drop(state);
        drop(closed);
    }
}

/// What is longer than a century never ends, rather than to overflow.
fn fresh_for(check_after: Duration, idle_limit: Option<Duration>) -> Duration {
    const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    check_after.min(idle_limit.unwrap_or(CENTURY)).min(CENTURY)
}

impl Waiter {
    /// Called under the lane's lock, so that one who gives up waiting finds either himself in the queue or his grant.
    fn give(&self, grant: Grant) {
        *lock(&self.grant) = Some(grant);
        self.granted.notify_one();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
