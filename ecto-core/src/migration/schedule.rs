//! Which migrations run, and in which order. Pure: what there is and what was applied go in, steps come out. All errors of
//! order are raised here, so before anything runs.

use std::collections::HashMap;

use crate::error::{MigrationError, Result};

/// Forward or back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub enum Direction {
    Up,
    Down,
}

impl Direction {
    pub(super) fn word(self) -> &'static str {
        match self {
            Direction::Up => "up",
            Direction::Down => "down",
        }
    }
}

/// How far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// All that can be run, or rolled back.
    All,
    /// So many.
    Steps(usize),
    /// This version, too.
    Version(i64),
    /// The one before this version: this one is not run, or not rolled back.
    Before(i64),
}

/// A migration by its version and its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    pub version: i64,
    pub name: &'a str,
}

/// What will run.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Schedule {
    /// Places in the list of what is available, in the order in which they run.
    pub steps: Vec<usize>,
    /// How many there would be if nobody had said how far.
    pub waiting: usize,
    /// Versions that run although newer ones were applied.
    pub late: Vec<i64>,
    /// Versions that were applied and are passed over because nobody has their migration.
    pub missing: Vec<i64>,
}

/// Plans a run.
pub(super) fn plan(available: &[Entry<'_>], applied: &[i64], direction: Direction, until: Until) -> Result<Schedule> {
    unique_versions(available)?;
    known(available, applied, until)?;
    let mut steps: Vec<usize> =
        (0..available.len()).filter(|at| applied.contains(&available[*at].version) == (direction == Direction::Down)).collect();
    steps.sort_by_key(|at| available[*at].version);
    unique_names(available, &steps, direction)?;
    if direction == Direction::Down {
        steps.reverse();
    }
    let waiting = steps.len();
    let steps = cut(steps, available, direction, until);
    let versions = || steps.iter().map(|at| available[*at].version);
    let newest = applied.iter().copied().max();
    let late = versions().filter(|version| direction == Direction::Up && newest.is_some_and(|newest| *version < newest)).collect();
    let missing = match (direction, versions().min()) {
        (Direction::Down, Some(oldest)) => without_migration(available, applied).filter(|version| *version > oldest).collect(),
        _ => Vec::new(),
    };
    Ok(Schedule { steps, waiting, late, missing })
}

/// Refuses a schedule in which an older migration runs after a newer one.
pub(super) fn in_order(schedule: &Schedule, available: &[Entry<'_>], applied: &[i64]) -> Result<()> {
    let Some(version) = schedule.late.first() else { return Ok(()) };
    let name = available.iter().find(|entry| entry.version == *version).map_or("", |entry| entry.name).to_owned();
    let newest = applied.iter().copied().max().unwrap_or_default();
    Err(MigrationError::OutOfOrder { version: *version, name, newest }.into())
}

/// What was applied and is not available.
pub(super) fn without_migration<'a>(available: &'a [Entry<'_>], applied: &'a [i64]) -> impl Iterator<Item = i64> + 'a {
    applied.iter().copied().filter(|version| available.iter().all(|entry| entry.version != *version))
}

fn cut(mut steps: Vec<usize>, available: &[Entry<'_>], direction: Direction, until: Until) -> Vec<usize> {
    let version = |at: &usize| available[*at].version;
    match (until, direction) {
        (Until::All, _) => {}
        (Until::Steps(count), _) => steps.truncate(count),
        (Until::Version(last), Direction::Up) => steps.retain(|at| version(at) <= last),
        (Until::Version(last), Direction::Down) => steps.retain(|at| version(at) >= last),
        (Until::Before(last), Direction::Up) => steps.retain(|at| version(at) < last),
        (Until::Before(last), Direction::Down) => steps.retain(|at| version(at) > last),
    }
    steps
}

/// A version that nobody knows is a slip of the keyboard: better said than run past.
fn known(available: &[Entry<'_>], applied: &[i64], until: Until) -> Result<()> {
    match until {
        Until::All | Until::Steps(_) => Ok(()),
        Until::Version(version) | Until::Before(version) => {
            match applied.contains(&version) || available.iter().any(|entry| entry.version == version) {
                true => Ok(()),
                false => Err(MigrationError::UnknownVersion { version }.into()),
            }
        }
    }
}

fn unique_versions(available: &[Entry<'_>]) -> Result<()> {
    let mut seen = HashMap::new();
    for entry in available {
        if let Some(first) = seen.insert(entry.version, entry.name) {
            let [first, second] = [first.to_owned(), entry.name.to_owned()];
            return Err(MigrationError::DuplicateVersion { version: entry.version, first, second }.into());
        }
    }
    Ok(())
}

/// Names need to differ only among those that wait (H-06): what was applied long ago is left in peace.
fn unique_names(available: &[Entry<'_>], steps: &[usize], direction: Direction) -> Result<()> {
    let mut seen = HashMap::new();
    for entry in steps.iter().filter(|_| direction == Direction::Up).map(|at| available[*at]) {
        if let Some(first) = seen.insert(entry.name, entry.version) {
            return Err(MigrationError::DuplicateName { name: entry.name.to_owned(), first, second: entry.version }.into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Entry<'static>; 4] = [
        Entry { version: 30, name: "c" },
        Entry { version: 10, name: "a" },
        Entry { version: 20, name: "b" },
        Entry { version: 40, name: "d" },
    ];

    fn versions(applied: &[i64], direction: Direction, until: Until) -> Vec<i64> {
        plan(&ALL, applied, direction, until).unwrap().steps.iter().map(|at| ALL[*at].version).collect()
    }

    /// H-03, H-04: forward by age, what is not applied.
    #[test]
    fn up() {
        let up = |applied: &[i64], until| versions(applied, Direction::Up, until);
        assert_eq!(up(&[], Until::All), [10, 20, 30, 40]);
        assert_eq!(up(&[10], Until::Steps(2)), [20, 30]);
        assert_eq!(up(&[], Until::Steps(0)), [0_i64; 0]);
        assert_eq!(up(&[10], Until::Version(30)), [20, 30]);
        assert_eq!(up(&[10], Until::Before(30)), [20]);
        assert_eq!(up(&[10, 20, 30, 40], Until::All), [0_i64; 0]);
    }

    /// H-03, H-04, K-06: back from the newest, what is applied.
    #[test]
    fn down() {
        let down = |applied: &[i64], until| versions(applied, Direction::Down, until);
        assert_eq!(down(&[10, 20, 30], Until::Steps(1)), [30]);
        assert_eq!(down(&[10, 20, 30], Until::All), [30, 20, 10]);
        assert_eq!(down(&[10, 20, 30], Until::Version(20)), [30, 20]);
        assert_eq!(down(&[10, 20, 30], Until::Before(20)), [30]);
        assert_eq!(down(&[], Until::All), [0_i64; 0]);
    }

    /// H-10: an older one that comes late is seen before anything runs.
    #[test]
    fn out_of_order() {
        let schedule = plan(&ALL, &[30], Direction::Up, Until::All).unwrap();
        assert_eq!(schedule.late, [10, 20]);
        let error = in_order(&schedule, &ALL, &[30]).unwrap_err();
        assert_eq!(error.message(), "migration 10 `a` is older than 30, which was applied already");
        let schedule = plan(&ALL, &[10], Direction::Up, Until::All).unwrap();
        assert!(in_order(&schedule, &ALL, &[10]).is_ok());
    }

    /// H-04: what nobody has the migration of is passed over, and said.
    #[test]
    fn applied_without_migration() {
        let schedule = plan(&ALL, &[10, 25, 5], Direction::Down, Until::Steps(1)).unwrap();
        assert_eq!((schedule.steps, schedule.missing), (vec![1], vec![25]));
        assert_eq!(without_migration(&ALL, &[10, 25, 5]).collect::<Vec<_>>(), [25, 5]);
    }

    /// H-06
    #[test]
    fn duplicates() {
        let same_version = [Entry { version: 1, name: "a" }, Entry { version: 1, name: "b" }];
        let error = plan(&same_version, &[], Direction::Up, Until::All).unwrap_err();
        assert_eq!(error.message(), "two migrations have the version 1: `a` and `b`");
        let same_name = [Entry { version: 1, name: "a" }, Entry { version: 2, name: "a" }];
        let error = plan(&same_name, &[], Direction::Up, Until::All).unwrap_err();
        assert_eq!(error.message(), "two migrations have the name `a`: 1 and 2");
        assert!(plan(&same_name, &[1], Direction::Up, Until::All).is_ok());
    }

    #[test]
    fn unknown_version() {
        let error = plan(&ALL, &[], Direction::Up, Until::Version(11)).unwrap_err();
        assert_eq!(error.message(), "there is no migration with the version 11");
        assert!(plan(&ALL, &[11], Direction::Down, Until::Version(11)).is_ok());
    }
}
