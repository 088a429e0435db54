//! One run at a time: who comes second waits, and says for whom.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, Instant};

use super::Event;
use super::interrupt::Interrupt;
use super::listen::Ear;
use crate::adapter::{Connection, RunLock};
use crate::error::{MigrationError, Result};

/// What keeps two runs apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LockKind {
    /// A lock for the whole run, on the connection that the migrations run on.
    #[default]
    Run,
    /// The rows of versions alone: a migration records itself first, and a rival waits for that row. For poolers, where a connection is not a
    /// session. Migrations without a transaction are not kept apart by it.
    Row,
    /// The same, said by someone who knows that there is no rival.
    None,
}

/// How a run is to behave towards others.
#[derive(Debug)]
pub(super) struct Rules {
    pub lock: LockKind,
    /// How long it waits for others, in all.
    pub wait: Duration,
    /// How often a migration that was blocked is tried again.
    pub retries: u32,
    pub interrupt: Interrupt,
    /// Who listens to what is no step of the run.
    pub ear: Ear,
}

impl Default for Rules {
    fn default() -> Self {
        Rules { lock: LockKind::Run, wait: Duration::from_mins(1), retries: 10, interrupt: Interrupt::default(), ear: Ear::default() }
    }
}

/// The first pause and the longest one between two tries for the lock.
const PAUSES: [Duration; 2] = [Duration::from_millis(50), Duration::from_secs(1)];
/// After so long it is said who holds it, and then each time after so long.
const TELL: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(10)];

/// Takes the lock; tries until it is free.
///
/// # Errors
/// When it is not free in time.
pub(super) fn acquire(
    lock: &mut dyn RunLock,
    connection: &mut dyn Connection,
    rules: &Rules,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<()> {
    let started = Instant::now();
    let [mut pause, longest] = PAUSES;
    let [mut tell_after, tell_again] = TELL;
    loop {
        rules.interrupt.check()?;
        if lock.try_acquire(connection)? {
            tell(Event::Locked { waited: started.elapsed() });
            return Ok(());
        }
        let waited = started.elapsed();
        if waited >= rules.wait {
            return Err(busy(lock, connection, rules.wait)?);
        }
        if waited >= tell_after {
            let holder = lock.holder(connection)?;
            tell(Event::Waiting { holder: holder.as_ref().map(|holder| holder.description.as_str()), waited });
            tell_after += tell_again;
        }
        rules.interrupt.pause(jitter(pause).min(rules.wait - waited).min(tell_after.saturating_sub(waited)))?;
        pause = (pause * 2).min(longest);
    }
}

fn busy(lock: &mut dyn RunLock, connection: &mut dyn Connection, limit: Duration) -> Result<crate::Error> {
    let (holder, remedy) = match lock.holder(connection)? {
        Some(holder) => (holder.description, holder.remedy),
        None => ("another process".to_owned(), None),
    };
    Ok(MigrationError::Locked { limit, holder, remedy }.into())
}

/// Between half of it and all of it, so that those who began to wait together do not go on together.
pub(super) fn jitter(pause: Duration) -> Duration {
    // A hasher's keys are the random numbers that the standard library has.
    let random = RandomState::new().hash_one(0) % 1000;
    pause / 2 + pause.mul_f64(0.0005 * f64::from(u32::try_from(random).unwrap_or(0)))
}
