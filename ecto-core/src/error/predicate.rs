//! What can be asked of an error. Each predicate has the name of what went wrong, so that no code needs to read a text.

use super::{
    AdapterError, ChangesetError, DdlError, Error, Kind, QueryError, RepoError, SchemaError, TelemetryError, TypeError, Violation,
    ViolationKind,
};

impl Error {
    fn adapter(&self) -> Option<&AdapterError> {
        match self.kind() {
            Kind::Adapter(error) => Some(error),
            _ => None,
        }
    }

    fn repo(&self) -> Option<&RepoError> {
        match self.kind() {
            Kind::Repo(error) => Some(error),
            _ => None,
        }
    }

    /// The constraint that was violated, where the database named one.
    #[must_use]
    pub fn violation(&self) -> Option<&Violation> {
        match self.kind() {
            Kind::Adapter(AdapterError::Violation { violation, .. }) | Kind::Repo(RepoError::ConstraintNotDeclared { violation, .. }) => {
                Some(violation)
            }
            _ => None,
        }
    }

    fn violates(&self, kind: ViolationKind) -> bool {
        self.violation().is_some_and(|violation| violation.kind == kind)
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

    /// A row was asked for that is not there.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(self.repo(), Some(RepoError::NotFound { .. }))
    }

    /// At most one row was asked for, and there are more.
    #[must_use]
    pub fn is_multiple_results(&self) -> bool {
        matches!(self.repo(), Some(RepoError::MultipleResults))
    }

    /// The row to be written is not there any more, or not as it was.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        matches!(self.repo(), Some(RepoError::Stale { .. }))
    }

    /// A changeset that is not valid was turned into an error.
    #[must_use]
    pub fn is_invalid_changeset(&self) -> bool {
        matches!(self.kind(), Kind::Changeset(ChangesetError::Invalid { .. }))
    }

    /// An association was read that is not loaded.
    #[must_use]
    pub fn is_not_loaded(&self) -> bool {
        matches!(self.kind(), Kind::Schema(SchemaError::NotLoaded { .. }))
    }

    /// A column does not hold what its type says.
    #[must_use]
    pub fn is_type_mismatch(&self) -> bool {
        matches!(
            self.kind(),
            Kind::Types(
                TypeError::Mismatch { .. }
                    | TypeError::UnexpectedNull { .. }
                    | TypeError::OutOfRange { .. }
                    | TypeError::UnknownVariant { .. }
                    | TypeError::TooFewColumns { .. }
            )
        )
    }

    /// The database cannot do what was asked for, or the operation does not accept a clause; nothing was sent.
    #[must_use]
    pub fn is_unsupported(&self) -> bool {
        matches!(self.kind(), Kind::Query(QueryError::Unsupported { .. } | QueryError::ClauseRefused { .. }))
            || matches!(self.kind(), Kind::Adapter(AdapterError::Unsupported { .. }) | Kind::Ddl(DdlError::Unsupported { .. }))
    }

    /// The database took the statement for wrong, or not allowed.
    pub(crate) fn is_refused(&self) -> bool {
        matches!(self.adapter(), Some(AdapterError::Refused { .. } | AdapterError::ReadOnly { .. }))
    }

    /// The transaction was aborted by an earlier error.
    #[must_use]
    pub fn is_transaction_aborted(&self) -> bool {
        matches!(self.repo(), Some(RepoError::TransactionAborted | RepoError::CommitAborted | RepoError::TransactionEnded))
    }

    /// A handle was used where another one is the right one: see [`Repo::transaction`](crate::Repo::transaction).
    #[must_use]
    pub fn is_wrong_handle(&self) -> bool {
        matches!(self.repo(), Some(RepoError::OuterHandle | RepoError::InnerTransactionOpen | RepoError::TransactionOver))
    }

    /// The database could not be reached, or the connection to it was lost: trying again later may help.
    #[must_use]
    pub fn is_connection(&self) -> bool {
        matches!(self.adapter(), Some(AdapterError::Unreachable { .. } | AdapterError::Lost { .. } | AdapterError::PoolTimeout { .. }))
    }

    /// The database refused the user or the password.
    #[must_use]
    pub fn is_authentication(&self) -> bool {
        matches!(self.adapter(), Some(AdapterError::Authentication { .. }))
    }

    /// The database does not exist.
    #[must_use]
    pub fn is_missing_database(&self) -> bool {
        matches!(self.adapter(), Some(AdapterError::MissingDatabase { .. }))
    }

    /// It took too long: a statement was stopped, or no connection became free.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.adapter(), Some(AdapterError::Timeout { .. } | AdapterError::Cancelled { .. } | AdapterError::PoolTimeout { .. }))
    }

    /// No connection became free in time.
    #[must_use]
    pub fn is_pool_timeout(&self) -> bool {
        matches!(self.adapter(), Some(AdapterError::PoolTimeout { .. }))
    }

    /// Another connection held a lock for too long; or another run of migrations did.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self.adapter(), Some(AdapterError::Busy { .. })) || matches!(self.kind(), Kind::Migration(error) if error.is_busy())
    }

    /// A step of a migration without a transaction was begun and perhaps not done: a person must look, see
    /// [`Migrator::step_done`](crate::migration::Migrator::step_done).
    #[must_use]
    pub fn is_half_done(&self) -> bool {
        matches!(self.kind(), Kind::Migration(error) if error.is_half_done())
    }

    /// A run of migrations was stopped by an [`Interrupt`](crate::migration::Interrupt).
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        matches!(self.kind(), Kind::Migration(error) if error.is_interrupted())
    }

    /// The transaction collided with another one: it can be tried again as a whole.
    #[must_use]
    pub fn is_serialization_failure(&self) -> bool {
        matches!(self.adapter(), Some(AdapterError::Serialization { .. }))
    }

    /// One line ran the same statement more often than a guard of a test allows.
    #[must_use]
    pub fn is_repeated_statement(&self) -> bool {
        matches!(self.kind(), Kind::Telemetry(TelemetryError::Repeated { .. }))
    }

    /// Do the migrations contradict each other, or what was applied: a version or a name that is there twice, an older one that comes late,
    /// one that was edited after it had run in part? Nothing has run then.
    #[must_use]
    pub fn is_inconsistent(&self) -> bool {
        matches!(self.kind(), Kind::Migration(error) if error.is_inconsistent())
    }

    /// Did the database see the statement and fail it, so that a transaction around it is spoilt?
    pub(crate) fn aborts_transaction(&self) -> bool {
        matches!(
            self.adapter(),
            Some(
                AdapterError::Refused { .. }
                    | AdapterError::Violation { .. }
                    | AdapterError::Busy { .. }
                    | AdapterError::Serialization { .. }
                    | AdapterError::Timeout { .. }
                    | AdapterError::Cancelled { .. }
                    | AdapterError::StalePlan { .. }
                    | AdapterError::Lost { .. }
                    | AdapterError::Damaged { .. }
                    | AdapterError::ReadOnly { .. }
            )
        )
    }
}
