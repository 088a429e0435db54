//! What is known of a run so far: counted from its events, for the line at its end and for the screen of a failure.

use ecto_core::migration::{Direction, Event};

/// The counts of a run.
#[derive(Debug, Default)]
pub struct Tally {
    /// What the database is; `None` before it has answered.
    pub server: Option<String>,
    /// Which way the run goes; `None` before it is planned.
    pub way: Option<Direction>,
    /// How many will run.
    pub planned: usize,
    /// How many could have run.
    pub waiting: usize,
    /// How many were applied before.
    pub applied: usize,
    /// Versions that are done, in the order in which they ran.
    pub done: Vec<i64>,
    /// How many another process has run meanwhile.
    pub skipped: usize,
    /// Which way the migration goes that runs.
    pub direction: Option<Direction>,
    /// Operations in all.
    pub operations: usize,
    /// Operations in the migration that runs.
    pub step: usize,
    /// The operation that runs.
    pub operation: String,
    /// How many steps an earlier run did of the migration that runs, and how many there are.
    pub resumed: Option<(usize, usize)>,
    /// The migration that failed.
    pub failed: Option<Failed>,
}

/// The migration that failed, and what is left of it.
#[derive(Debug, Clone)]
pub struct Failed {
    pub version: i64,
    pub name: String,
    pub transaction: bool,
    pub kept: usize,
}

impl Tally {
    pub fn count(&mut self, event: Event<'_>) {
        match event {
            Event::Connected { server } => self.server = Some(server.to_owned()),
            Event::Planned { direction, pending, waiting, applied, .. } => {
                self.way = Some(direction);
                (self.planned, self.waiting, self.applied) = (pending, waiting, applied);
            }
            Event::Started { direction, .. } => {
                (self.step, self.direction) = (0, Some(direction));
                self.operation.clear();
                self.resumed = None;
            }
            Event::Resumed { done, of, .. } => self.resumed = Some((done, of)),
            Event::Operation { description } => {
                self.operations += 1;
                self.step += 1;
                description.clone_into(&mut self.operation);
            }
            // It begins anew.
            Event::Blocked { .. } => {
                self.operations -= self.step.min(self.operations);
                self.step = 0;
            }
            Event::Finished { version, .. } => self.done.push(version),
            Event::Skipped { .. } => self.skipped += 1,
            Event::Failed { version, name, transaction, kept } => {
                self.failed = Some(Failed { version, name: name.to_owned(), transaction, kept });
            }
            _ => {}
        }
    }

    /// How many wait to be run, as far as that is known: a way back does not ask.
    pub fn pending(&self) -> Option<usize> {
        (self.way == Some(Direction::Up)).then(|| self.still_waiting())
    }

    /// How many could still run.
    pub fn still_waiting(&self) -> usize {
        self.waiting.saturating_sub(self.done.len() + self.skipped)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_others_ran_does_not_wait_any_more() {
        let mut tally = Tally::default();
        let (direction, elapsed) = (Direction::Up, Duration::ZERO);
        tally.count(Event::Planned { direction, pending: 3, waiting: 4, applied: 0, stepwise: 0 });
        tally.count(Event::Skipped { version: 1, name: "a" });
        tally.count(Event::Finished { version: 2, name: "b", direction, elapsed });
        assert_eq!((tally.still_waiting(), tally.pending()), (2, Some(2)));
    }
}
