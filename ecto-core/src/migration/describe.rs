//! Asks a migration what it does, and whether that can be undone.

use super::work::Work;
use super::{Change, Direction, Migration};
use crate::error::Result;

/// A migration, and where it is to run.
#[derive(Clone, Copy)]
pub(super) struct Script<'m> {
    pub migration: &'m dyn Migration,
    pub prefix: Option<&'m str>,
}

impl Script<'_> {
    /// What it does in this direction.
    pub fn describe(self, direction: Direction) -> Result<Vec<Work>> {
        let mut change = self.change(direction);
        self.speak(&mut change);
        self.framed(direction, change.finish()?)
    }

    /// What it does on the way there, and what keeps it from being undone. Where both ways are said at once it is asked once.
    pub fn describe_there(self) -> Result<(Vec<Work>, Result<()>)> {
        let mut there = self.change(Direction::Up);
        self.speak(&mut there);
        let is_both_ways = there.is_both_ways();
        let mut works = there.finish()?;
        let mut back = self.change(Direction::Down);
        back.forward = is_both_ways.then(|| std::mem::take(&mut works));
        self.speak(&mut back);
        if let Some(forward) = back.forward.take() {
            works = forward;
        }
        let undone = back.finish().and_then(|works| self.framed(Direction::Down, works)).map(drop);
        Ok((self.framed(Direction::Up, works)?, undone))
    }

    fn change(self, direction: Direction) -> Change {
        Change::new(direction, self.prefix.map(str::to_owned))
    }

    fn speak(self, change: &mut Change) {
        match change.direction {
            Direction::Up => self.migration.up(change),
            Direction::Down => self.migration.down(change),
        }
    }

    /// Between what is done first and what is done last.
    fn framed(self, direction: Direction, mut works: Vec<Work>) -> Result<Vec<Work>> {
        if self.migration.options().transaction {
            let [mut first, mut last] = [self.change(direction), self.change(direction)];
            self.migration.after_begin(&mut first);
            self.migration.before_commit(&mut last);
            works.splice(0..0, first.finish()?);
            works.extend(last.finish()?);
        }
        Ok(works)
    }
}
