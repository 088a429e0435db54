//! Which fields fill themselves, and when.

use chrono::{DateTime, SubsecRound, Utc};

use crate::types::Value;

/// What fills a field that a write does not carry.
#[derive(Debug, Clone, Copy)]
pub enum Autogenerate {
    /// The database, at insert: an integer primary key.
    Database,
    /// A function, at insert: a UUID.
    Insert(fn() -> Value),
    /// The clock, at insert. All such fields of one insert get one reading (S-19).
    InsertedAt(fn(DateTime<Utc>) -> Value),
    /// The clock, at insert and at each update that changes something (S-33).
    UpdatedAt(fn(DateTime<Utc>) -> Value),
}

/// The clock, cut to microseconds, so that what an insert returns equals what a later read finds.
#[must_use]
pub fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}
