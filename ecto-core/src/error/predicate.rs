//! What can be asked of an error. Each predicate has the name of what went wrong, so that no code needs to read a text.

use super::{AdapterError, Error, Kind, ViolationKind};

impl Error {
    fn adapter(&self) -> Option<&AdapterError> {
        match self.kind() {
            Kind::Adapter(error) => Some(error),
            _ => None,
        }
    }

    fn violates(&self, kind: ViolationKind) -> bool {
        self.violation().is_some_and(|violation| violation.kind == kind)
    }

    /// The database could not be reached, or the connection to it was lost: trying again later may help.
    #[must_use]
    pub fn is_connection(&self) -> bool {
        matches!(self.adapter(), Some(AdapterError::Unreachable { .. } | AdapterError::Lost { .. } | AdapterError::PoolTimeout { .. }))
    }

    /// It took too long: a statement was stopped, or no connection became free.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.adapter(), Some(AdapterError::Timeout { .. } | AdapterError::Cancelled { .. } | AdapterError::PoolTimeout { .. }))
    }

    /// Another connection holds a lock that this one waited for in vain.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self.adapter(), Some(AdapterError::Busy { .. }))
    }

    /// The transaction collided with another one, by a deadlock or under serializable isolation: running it again as a whole may help.
    #[must_use]
    pub fn is_serialization_failure(&self) -> bool {
        matches!(self.adapter(), Some(AdapterError::Serialization { .. }))
    }

    /// The database itself does not exist.
    #[must_use]
    pub fn is_missing_database(&self) -> bool {
        matches!(self.adapter(), Some(AdapterError::MissingDatabase { .. }))
    }

    /// The server does not know the user, or not with this password.
    #[must_use]
    pub fn is_authentication(&self) -> bool {
        matches!(self.adapter(), Some(AdapterError::Authentication { .. }))
    }

    /// The database has no such thing, and nothing was sent to it.
    #[must_use]
    pub fn is_unsupported(&self) -> bool {
        matches!(self.adapter(), Some(AdapterError::Unsupported { .. }))
    }

    /// A unique constraint or a primary key was violated.
    #[must_use]
    pub fn is_unique_violation(&self) -> bool {
        self.violates(ViolationKind::Unique)
    }

    /// A foreign key was violated.
    #[must_use]
    pub fn is_foreign_key_violation(&self) -> bool {
        self.violates(ViolationKind::ForeignKey)
    }

    /// A check constraint was violated.
    #[must_use]
    pub fn is_check_violation(&self) -> bool {
        self.violates(ViolationKind::Check)
    }

    /// NULL was written where it may not stand.
    #[must_use]
    pub fn is_not_null_violation(&self) -> bool {
        self.violates(ViolationKind::NotNull)
    }

    /// The database's own code for what it refused: five characters of SQLSTATE, or a number of SQLite.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self.adapter() {
            Some(AdapterError::Refused { code, .. }) => Some(code),
            _ => None,
        }
    }
}
