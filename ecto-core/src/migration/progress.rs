//! Says of an operation that takes long that it is alive: one thread for a run that somebody listens to, which looks once a second.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::event::Event;
use super::listen::Listener;
use crate::adapter::{Adapter, Advance, Connection, Role};

/// What takes longer is told of, and again each time after so long.
const LONG: Duration = Duration::from_secs(1);

/// The watch over one run; ends when it is dropped.
pub(super) struct Progress {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    over: Condvar,
}

#[derive(Default)]
struct State {
    running: Option<Running>,
    /// The thread waits for the database.
    asking: bool,
    over: bool,
}

#[derive(Clone, PartialEq)]
struct Running {
    description: String,
    since: Instant,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress {
    /// Over a run that is served by this process of the database, if that is known.
    pub fn watch(adapter: Arc<dyn Adapter>, backend: Option<String>, listener: Listener) -> Self {
        let shared = Arc::<Shared>::default();
        let witness = Witness { adapter, backend, connection: None };
        let theirs = Arc::clone(&shared);
        // Without a thread nothing is told, and the run goes on all the same.
        let thread = thread::Builder::new().name("ecto-progress".into()).spawn(move || patrol(&theirs, witness, &listener)).ok();
        Progress { shared, thread }
    }

    /// Sees in the report of the run when an operation begins and ends.
    pub fn note(&self, event: Event<'_>) {
        match event {
            Event::Operation { description } => {
                let mut state = self.shared.lock();
                // Those that are done at once began together.
                let since = state.running.as_ref().map_or_else(Instant::now, |running| running.since);
                state.running = Some(Running { description: description.to_owned(), since });
            }
            Event::Performed { .. } | Event::Blocked { .. } | Event::Failed { .. } => self.shared.lock().running = None,
            _ => {}
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let asking = {
            let mut state = self.shared.lock();
            state.over = true;
            state.asking
        };
        self.shared.over.notify_all();
        // A pool outside of this program may not let it in before the run has gone.
        if let Some(thread) = self.thread.take().filter(|_| !asking) {
            // OK because it has nothing more to tell, even if it panicked.
            let _ = thread.join();
        }
    }
}

fn patrol(shared: &Shared, mut witness: Witness, listener: &Listener) {
    let mut state = shared.lock();
    while !state.over {
        state = shared.over.wait_timeout(state, LONG).unwrap_or_else(PoisonError::into_inner).0;
        let Some(running) = state.running.clone().filter(|running| !state.over && running.since.elapsed() >= LONG) else { continue };
        state.asking = true;
        drop(state);
        let advance = witness.advance();
        state = shared.lock();
        state.asking = false;
        // Told under the lock: nothing of an operation comes after its end.
        if !state.over && state.running.as_ref() == Some(&running) {
            listener(Event::Progress {
                description: &running.description,
                elapsed: running.since.elapsed(),
                phase: advance.phase.as_deref(),
                percent: advance.percent,
                by: advance.blocked_by.as_deref(),
            });
        }
    }
}

/// Asks about one process of the database by way of another.
struct Witness {
    adapter: Arc<dyn Adapter>,
    backend: Option<String>,
    connection: Option<Box<dyn Connection>>,
}

impl Witness {
    /// As far as it can be seen. What could not be asked once is not asked again: then only the time is told.
    fn advance(&mut self) -> Advance {
        let Some(backend) = self.backend.take() else { return Advance::default() };
        let Some(mut connection) = self.connection.take().or_else(|| self.adapter.connect(Role::Reader).ok()) else {
            return Advance::default();
        };
        let Ok(advance) = self.adapter.structure().advance(&backend, connection.as_mut()) else { return Advance::default() };
        (self.backend, self.connection) = (Some(backend), Some(connection));
        advance
    }
}
