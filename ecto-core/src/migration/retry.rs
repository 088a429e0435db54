//! Trying again what another session blocked.

use std::time::{Duration, Instant};

use super::MigrationOptions;
use super::event::Event;
use super::lock::{Rules, jitter};
use super::runner::{Report, Session};
use crate::error::{Error, Result};

/// The first pause and the longest one.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_mins(1)];

/// How often it was tried already, and until when it may be.
#[derive(Debug, Default)]
pub(super) struct Tries {
    made: u32,
    until: Option<Instant>,
}

impl Tries {
    /// The pause before the next one; `None` if there is none.
    fn next(&mut self, rules: &Rules) -> Option<Duration> {
        let now = Instant::now();
        let rest = self.until.get_or_insert(now + rules.wait).saturating_duration_since(now);
        if self.made == rules.retries || rest.is_zero() {
            return None;
        }
        let [first, longest] = PAUSES;
        let pause = first.saturating_mul(2_u32.saturating_pow(self.made)).min(longest);
        self.made += 1;
        Some(jitter(pause).min(rest))
    }
}

impl Session<'_> {
    /// Was this only a matter of time? Then it waits, and says that it is to be tried again.
    ///
    /// # Errors
    /// When the run is stopped meanwhile.
    pub(super) fn waits_out(
        &mut self,
        error: &Error,
        tries: &mut Tries,
        options: MigrationOptions,
        report: &mut Report<'_>,
    ) -> Result<bool> {
        // A function of the application may have done what no rollback undoes.
        let safe = options.retry.unwrap_or(!report.called);
        if !safe || !(error.is_busy() || error.is_serialization_failure()) {
            return Ok(false);
        }
        let Some(pause) = tries.next(self.rules) else { return Ok(false) };
        // OK because it only tells who it was.
        let by = self.adapter.structure().blocker(&report.last, self.connection.as_mut()).unwrap_or(None);
        (report.tell)(Event::Blocked { by: by.as_deref(), attempt: tries.made, of: self.rules.retries, pause });
        self.rules.interrupt.pause(pause)?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let rules = Rules { retries: 3, wait: Duration::from_secs(600), ..Rules::default() };
        let mut tries = Tries::default();
        let pauses: Vec<u64> = std::iter::from_fn(|| tries.next(&rules)).map(|pause| pause.as_secs_f64().ceil() as u64).collect();
        assert_eq!(pauses.len(), 3);
        assert!(pauses[0] == 1 && pauses[1] <= 2 && (2..=4).contains(&pauses[2]), "{pauses:?}");
        assert!(Tries::default().next(&Rules { wait: Duration::ZERO, ..Rules::default() }).is_none());
        assert!(Tries::default().next(&Rules { retries: 0, ..Rules::default() }).is_none());
    }
}
