//! What a case is, and the list of all of them.

mod aggregate;
mod association;
mod bulk;
mod constraint;
mod crud;
mod field;
mod joins;
mod key;
mod location;
mod many_to_many;
mod migration;
mod option;
mod pool;
mod preload;
mod preload_joined;
mod query;
mod raw;
mod repeats;
mod telemetry;
mod through;
mod transaction;
mod types;

use std::error::Error;

use ecto_core::capability::Capabilities;

use crate::Stage;

/// How a case ends: an error fails it as a panic does.
pub type Outcome = Result<(), Box<dyn Error>>;

/// One behaviour, run on every database that can do it.
#[derive(Clone, Copy)]
pub struct Case {
    /// The file it stands in, and its function.
    pub name: &'static str,
    /// The rows of docs/ecto-parity.md that it proves.
    pub rows: &'static [&'static str],
    /// Which databases it is for.
    pub needs: Needs,
    /// The behaviour itself, on an empty database of its own.
    pub run: fn(&Stage) -> Outcome,
}

/// Which databases a case is for. A case for those that have a capability has a twin for the others, which asserts the refusal.
#[derive(Clone, Copy)]
pub enum Needs {
    /// All of them.
    Nothing,
    /// Those that have it.
    With(fn(&Capabilities) -> bool),
    /// Those that lack it.
    Without(fn(&Capabilities) -> bool),
}

impl Needs {
    /// Is a database with these capabilities one of them?
    #[must_use]
    pub fn admit(self, capabilities: &Capabilities) -> bool {
        match self {
            Needs::Nothing => true,
            Needs::With(has) => has(capabilities),
            Needs::Without(has) => !has(capabilities),
        }
    }
}

/// A case, named like its function: `case!(fn, ["R-13"])`, `case!(fn, ["Q-17"], with row_locks)`, `case!(fn, ["Q-17"], without row_locks)`.
#[macro_export]
macro_rules! case {
    ($run:ident, [$($row:literal),* $(,)?]) => { $crate::case!(@ $run, [$($row),*], $crate::case::Needs::Nothing) };
    ($run:ident, [$($row:literal),*], with $flag:ident) => { $crate::case!(@ $run, [$($row),*], $crate::case::Needs::With(|can| can.$flag)) };
    ($run:ident, [$($row:literal),*], without $flag:ident) => { $crate::case!(@ $run, [$($row),*], $crate::case::Needs::Without(|can| can.$flag)) };
    (@ $run:ident, [$($row:literal),*], $needs:expr) => {
        $crate::case::Case { name: concat!(module_path!(), "::", stringify!($run)), rows: &[$($row),*], needs: $needs, run: $run }
    };
}
pub(crate) use case;

/// Every case, in the order of the files.
#[must_use]
pub fn all() -> Vec<Case> {
    let files = [
        crud::CASES,
        key::CASES,
        field::CASES,
        constraint::CASES,
        query::CASES,
        joins::CASES,
        preload::CASES,
        preload_joined::CASES,
        many_to_many::CASES,
        through::CASES,
        aggregate::CASES,
        bulk::CASES,
        types::CASES,
        transaction::CASES,
        pool::CASES,
        raw::CASES,
        telemetry::CASES,
        location::CASES,
        repeats::CASES,
        association::CASES,
        option::CASES,
        migration::CASES,
        migration::alteration::CASES,
        migration::column::CASES,
        migration::function::CASES,
        migration::listen::CASES,
        migration::object::CASES,
        migration::option::CASES,
        migration::place::CASES,
        migration::sql_file::CASES,
        migration::word::CASES,
    ];
    files.concat()
}
