//! How migrations stand: what there is beside what was applied. Only reads.

use std::collections::HashMap;
use std::time::Duration;

use super::ground::Ground;
use super::hash;
use super::history::Applied;
use super::prepare::prepare;
use super::schedule::{self, Direction, Entry, Until};
use super::source::Available;
use crate::error::Result;

/// How a migration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub enum State {
    Up,
    Down,
    /// It was applied, and there is no migration for it.
    Missing,
    /// It was applied, and does something else now. Nothing is done about that; see [`accept_hash`](super::Migrator::accept_hash).
    Changed,
    /// It runs step by step and came so far: `done` steps of `of`.
    Partial {
        done: usize,
        of: usize,
    },
}

impl State {
    /// Was it applied, whatever has become of it?
    #[must_use]
    pub fn is_applied(self) -> bool {
        match self {
            State::Up | State::Missing | State::Changed => true,
            State::Down | State::Partial { .. } => false,
        }
    }
}

/// One line of a status report.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each name says it")]
pub struct Status {
    pub version: i64,
    /// `None` where there is no migration.
    pub name: Option<String>,
    pub state: State,
    /// When it was applied, in UTC, as the database prints it.
    pub applied_at: Option<String>,
    /// How long that took, where it was noted.
    pub duration: Option<Duration>,
    /// Who applied it, where it was noted.
    pub applied_by: Option<String>,
    /// Does it wait although a newer one was applied?
    pub out_of_order: bool,
}

/// A line for each migration and for each version that was applied, the oldest first. `steps` are those that are done of each version.
pub(super) fn report(list: &[Available], applied: &[Applied], steps: &HashMap<i64, usize>, ground: Ground<'_>) -> Result<Vec<Status>> {
    let entries: Vec<Entry<'_>> = list.iter().map(Available::entry).collect();
    let versions: Vec<i64> = applied.iter().map(|applied| applied.version).collect();
    schedule::plan(&entries, &versions, Direction::Up, Until::All)?;
    let newest = versions.iter().copied().max();
    let at = |version| applied.iter().find(|applied| applied.version == version);
    let known = list.iter().map(|available| {
        let version = available.version;
        let state = at(version).map_or_else(|| waiting(available, steps, ground), |applied| ran(available, applied, ground));
        let out_of_order = !state.is_applied() && newest.is_some_and(|newest| version < newest);
        line(version, Some(available.name.clone()), state, at(version), out_of_order)
    });
    let missing = schedule::without_migration(&entries, &versions).map(|version| line(version, None, State::Missing, at(version), false));
    let mut all: Vec<Status> = known.chain(missing).collect();
    all.sort_by_key(|status| status.version);
    Ok(all)
}

fn line(version: i64, name: Option<String>, state: State, applied: Option<&Applied>, out_of_order: bool) -> Status {
    let detail = applied.and_then(|applied| applied.detail.as_ref());
    let milliseconds = detail.and_then(|detail| u64::try_from(detail.duration_ms?).ok());
    Status {
        version,
        name,
        state,
        applied_at: applied.and_then(|applied| applied.at.clone()),
        duration: milliseconds.map(Duration::from_millis),
        applied_by: detail.and_then(|detail| detail.applied_by.clone()),
        out_of_order,
    }
}

fn ran(available: &Available, applied: &Applied, ground: Ground<'_>) -> State {
    let stored = applied.detail.as_ref().and_then(|detail| detail.hash.as_deref());
    // What cannot be described is an error of a run, not of a report.
    let present = available.hash(ground).ok().flatten();
    match (stored, present) {
        (Some(stored), Some(present)) if hash::differ(stored, &present) => State::Changed,
        _ => State::Up,
    }
}

fn waiting(available: &Available, steps: &HashMap<i64, usize>, ground: Ground<'_>) -> State {
    let Some(done) = steps.get(&available.version).copied() else { return State::Down };
    let of = prepare(available, Direction::Up, ground, None).map_or(done, |prepared| prepared.steps());
    State::Partial { done, of }
}
