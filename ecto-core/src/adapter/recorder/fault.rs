//! What can be made to go wrong, and when.

use crate::error::{AdapterError, Error, Violation, ViolationKind};

/// At what a recorder fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum When {
    /// The next thing that is asked.
    Next,
    /// So many things after the next one.
    Nth(usize),
    /// The next whose text contains this.
    Contains(&'static str),
}

/// How it fails.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// A constraint of this name is violated.
    Violation {
        /// Which kind.
        kind: ViolationKind,
        /// Its name.
        name: String,
    },
    /// The statement is refused.
    Refused,
    /// Another connection holds the lock.
    Busy,
    /// Another transaction was in the way.
    Serialization,
    /// It took too long.
    Timeout,
    /// The connection is lost, and unusable from now on.
    Lost,
}

impl When {
    /// Counts from what has been recorded already.
    pub(super) fn after(self, recorded: usize) -> When {
        match self {
            When::Next => When::Nth(recorded),
            When::Nth(number) => When::Nth(recorded + number),
            contains @ When::Contains(_) => contains,
        }
    }

    pub(super) fn holds(self, number: usize, sql: &str) -> bool {
        match self {
            When::Next => true,
            When::Nth(wanted) => wanted == number,
            When::Contains(text) => sql.contains(text),
        }
    }
}

impl Fault {
    pub(super) fn error(self) -> Error {
        let message = "as the recorder was told".to_owned();
        match self {
            Fault::Violation { kind, name } => {
                AdapterError::Violation { violation: Violation { name: Some(name), ..Violation::new(kind) }, message }
            }
            Fault::Refused => AdapterError::Refused { message, code: String::new() },
            Fault::Busy => AdapterError::Busy { message, setting: "busy_timeout" },
            Fault::Serialization => AdapterError::Serialization { message },
            Fault::Timeout => AdapterError::Cancelled { message },
            Fault::Lost => AdapterError::Lost { message },
        }
        .into()
    }
}
