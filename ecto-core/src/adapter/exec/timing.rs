//! How long the receiver of rows takes.

use std::time::{Duration, Instant};

use crate::adapter::{Row, Sink};
use crate::error::Result;

/// A sink in front of another, with a clock.
pub(super) struct TimedSink<'s> {
    inner: &'s mut dyn Sink,
    spent: Duration,
}

impl<'s> TimedSink<'s> {
    pub(super) fn new(inner: &'s mut dyn Sink) -> Self {
        TimedSink { inner, spent: Duration::ZERO }
    }

    pub(super) fn spent(&self) -> Duration {
        self.spent
    }
}

impl Sink for TimedSink<'_> {
    fn row(&mut self, row: Row<'_>) -> Result<()> {
        let start = Instant::now();
        let outcome = self.inner.row(row);
        self.spent += start.elapsed();
        outcome
    }

    fn expect(&mut self, rows: usize) {
        self.inner.expect(rows);
    }

    fn is_full(&self) -> bool {
        self.inner.is_full()
    }
}
