//! Stops what runs too long: one thread for the whole program, started when the first deadline is set.
//!
//! Setting a deadline must cost next to nothing, for nearly all of them are taken back in time. So a connection has one [`Watch`] for all of its life, into which a
//! deadline is written and from which it is wiped; the thread looks at all watches when the earliest deadline that it saw has passed.

use std::sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use super::Cancel;

/// The place of one connection's deadline.
pub struct Watch {
    state: Mutex<State>,
    cancel: Box<dyn Cancel>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Idle,
    Running { until: Instant },
    Cancelled,
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watch").finish_non_exhaustive()
    }
}

/// The deadline of one statement; taken back when dropped.
#[derive(Debug)]
pub struct Armed<'w>(&'w Watch);

/// The time at which this much will have passed. What is longer than a century never ends, rather than to overflow.
#[must_use]
pub fn after(limit: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    Instant::now() + limit.min(CENTURY)
}

impl Watch {
    /// For a connection that is stopped by `cancel`.
    #[must_use]
    pub fn new(cancel: Box<dyn Cancel>) -> Arc<Self> {
        let watch = Arc::new(Watch { state: Mutex::new(State::Idle), cancel });
        WATCHDOG.adopt(&watch);
        watch
    }

    /// Sets a deadline.
    pub fn arm(&self, timeout: Duration) -> Armed<'_> {
        let until = after(timeout);
        *lock(&self.state) = State::Running { until };
        WATCHDOG.wake_before(until);
        Armed(self)
    }

    /// Cancels if the deadline has passed; says when to look again. The lock is held meanwhile, so that
    /// the statement which is stopped is the one whose deadline it was.
    fn look(&self, now: Instant) -> Option<Instant> {
        let mut state = lock(&self.state);
        match *state {
            State::Running { until } if until <= now => {
                *state = State::Cancelled;
                self.cancel.cancel();
                None
            }
            State::Running { until } => Some(until),
            State::Idle | State::Cancelled => None,
        }
    }
}

impl Armed<'_> {
    /// Was the statement stopped?
    #[must_use]
    pub fn fired(&self) -> bool {
        *lock(&self.0.state) == State::Cancelled
    }
}

impl Drop for Armed<'_> {
    fn drop(&mut self) {
        *lock(&self.0.state) = State::Idle;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

static WATCHDOG: LazyLock<Watchdog> = LazyLock::new(Watchdog::default);

#[derive(Default)]
struct Watchdog {
    shared: Mutex<Shared>,
    earlier: Condvar,
}

#[derive(Default)]
struct Shared {
    watches: Vec<Weak<Watch>>,
    started: bool,
    /// When the thread will look next; `None` while it waits to be woken.
    next_look: Option<Instant>,
}

impl Watchdog {
    fn adopt(&self, watch: &Arc<Watch>) {
        let mut shared = lock(&self.shared);
        shared.watches.retain(|watch| watch.strong_count() > 0);
        shared.watches.push(Arc::downgrade(watch));
    }

    fn wake_before(&'static self, until: Instant) {
        let mut shared = lock(&self.shared);
        if shared.next_look.is_some_and(|look| look <= until) {
            return;
        }
        shared.next_look = Some(until);
        if !shared.started {
            // Without a thread nothing is stopped early; that is all that is lost, and the next deadline tries again.
            shared.started = thread::Builder::new().name("ecto-deadline".into()).spawn(|| WATCHDOG.patrol()).is_ok();
        }
        self.earlier.notify_one();
    }

    fn patrol(&self) {
        let mut shared = lock(&self.shared);
        loop {
            let now = Instant::now();
            shared = match shared.next_look {
                None => self.earlier.wait(shared).unwrap_or_else(PoisonError::into_inner),
                Some(look) if look > now => self.earlier.wait_timeout(shared, look - now).unwrap_or_else(PoisonError::into_inner).0,
                Some(_) => {
                    shared.next_look = None;
                    let watches = shared.watches.clone();
                    // Released, for a cancel may take a while; a deadline that is set meanwhile is noted in `next_look`.
                    drop(shared);
                    let next = watches.iter().filter_map(Weak::upgrade).filter_map(|watch| watch.look(now)).min();
                    let mut shared = lock(&self.shared);
                    shared.next_look = shared.next_look.into_iter().chain(next).min();
                    shared
                }
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[derive(Clone, Default)]
    struct Count(Arc<AtomicUsize>);

    impl Cancel for Count {
        fn cancel(&self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    #[test]
    fn a_deadline_without_end_does_not_overflow() {
        assert!(after(Duration::MAX) > Instant::now());
        drop(Watch::new(Box::new(Count::default())).arm(Duration::MAX));
    }

    #[test]
    fn a_passed_deadline_cancels_once_and_one_taken_back_never() {
        let count = Count::default();
        let watch = Watch::new(Box::new(count.clone()));
        drop(watch.arm(Duration::from_millis(5)));
        let long = watch.arm(Duration::from_secs(60));
        assert!(!long.fired());
        drop(long);
        let short = watch.arm(Duration::from_millis(10));
        let start = Instant::now();
        while !short.fired() && start.elapsed() < Duration::from_secs(5) {
            thread::sleep(Duration::from_millis(1));
        }
        assert!(short.fired());
        assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
        drop(short);
        thread::sleep(Duration::from_millis(20));
        assert_eq!(count.0.load(Ordering::SeqCst), 1);
    }
}
