//! Stopping a run from outside: what is under way is cancelled, and nothing further is begun.

use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::adapter::Cancel;
use crate::error::{MigrationError, Result};

/// How often a statement is told again to stop: the first request may come before the statement.
const AGAIN: Duration = Duration::from_millis(200);

/// Stops a run of migrations. Clones stop the same run, from any thread.
#[derive(Clone, Default)]
pub struct Interrupt(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    stopped: bool,
    /// Stops what is under way.
    running: Option<Box<dyn Cancel>>,
}

impl fmt::Debug for Interrupt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Interrupt").field("stopped", &self.is_stopped()).finish_non_exhaustive()
    }
}

impl Interrupt {
    /// Cancels the statement that is running. The run undoes its migration as far as that can be done, lets its lock go, and ends with an error
    /// for which [`is_interrupted`](crate::Error::is_interrupted) holds. Once stopped, it stays so.
    pub fn stop(&self) {
        let mut state = self.lock();
        state.stopped = true;
        self.0.changed.notify_all();
        let Some(running) = &state.running else { return };
        running.cancel();
        let again = self.clone();
        // Without a thread the one request has to do.
        let _ = thread::Builder::new().name("ecto-interrupt".into()).spawn(move || again.insist());
    }

    /// Was it stopped?
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.lock().stopped
    }

    fn insist(&self) {
        let mut state = self.lock();
        while state.running.is_some() {
            state = self.0.changed.wait_timeout(state, AGAIN).unwrap_or_else(PoisonError::into_inner).0;
            if let Some(running) = &state.running {
                running.cancel();
            }
        }
    }

    /// # Errors
    /// When it was stopped.
    pub(super) fn check(&self) -> Result<()> {
        if self.is_stopped() { Err(MigrationError::Interrupted.into()) } else { Ok(()) }
    }

    /// Waits.
    ///
    /// # Errors
    /// When it is stopped: at once.
    pub(super) fn pause(&self, time: Duration) -> Result<()> {
        let until = Instant::now() + time;
        let mut state = self.lock();
        while !state.stopped {
            let rest = until.saturating_duration_since(Instant::now());
            if rest.is_zero() {
                return Ok(());
            }
            state = self.0.changed.wait_timeout(state, rest).unwrap_or_else(PoisonError::into_inner).0;
        }
        Err(MigrationError::Interrupted.into())
    }

    /// Runs what can be stopped by `cancel`. Whatever it says after it was stopped, it is called interrupted.
    ///
    /// # Errors
    /// Of the work; or when it was stopped before or meanwhile.
    pub(super) fn guard<T>(&self, cancel: Box<dyn Cancel>, work: impl FnOnce() -> Result<T>) -> Result<T> {
        {
            let mut state = self.lock();
            if state.stopped {
                return Err(MigrationError::Interrupted.into());
            }
            state.running = Some(cancel);
        }
        let disarm = Disarm(self);
        let outcome = work();
        drop(disarm);
        match outcome {
            Err(error) if self.is_stopped() => Err(crate::Error::from(MigrationError::Interrupted).because(error)),
            outcome => outcome,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What comes next, a rollback for one, must not be cancelled; also where the work panicked.
struct Disarm<'i>(&'i Interrupt);

impl Drop for Disarm<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.running = None;
        // Only who insists waits for it.
        if state.stopped {
            self.0.0.changed.notify_all();
        }
    }
}
