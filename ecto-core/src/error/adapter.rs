//! Texts of `adapter`: connections, pools, and what a database answered.

use std::time::Duration;

/// A constraint that the database named when it refused a write.
///
/// A name on PostgreSQL; columns, or a name, on SQLite: who compares needs both.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Which kind of constraint.
    pub kind: ViolationKind,
    /// Its name, where the database said it.
    pub name: Option<String>,
    /// The table that holds it, where the database said it.
    pub table: Option<String>,
    /// Its columns, where the database said them.
    pub columns: Vec<String>,
}

/// Which kind of constraint was violated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each name says it")]
pub enum ViolationKind {
    Unique,
    ForeignKey,
    Check,
    NotNull,
    Exclusion,
}

/// What can go wrong between here and a database.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AdapterError {
    #[error("the database refused the statement: {message}")]
    Refused { message: String, code: String },
    #[error("the database refused the row: {message}")]
    Violation { violation: Violation, message: String },
    #[error("no connection became free within {waited:?}")]
    PoolTimeout { waited: Duration, size: usize },
}

impl AdapterError {
    pub(super) fn hint(&self) -> Option<String> {
        match self {
            AdapterError::Refused { .. } | AdapterError::Violation { .. } => None,
            AdapterError::PoolTimeout { size, .. } => {
                Some(format!("all {size} connections are in use: end transactions earlier, or raise `pool_size`"))
            }
        }
    }
}
