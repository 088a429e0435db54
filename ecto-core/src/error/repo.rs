//! Texts of `repo`: what a call asked for and did not get.

use super::{Error, Violation};

/// What can go wrong in a call of `Repo`.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RepoError {
    #[error("no `{schema}` was found")]
    NotFound { schema: &'static str },
    #[error("expected at most one row, found more")]
    MultipleResults,
    #[error("the `{schema}` to be written is not there any more, or not as it was")]
    Stale { schema: &'static str },
    #[error("the primary key of `{schema}` is not unique: expected to write one row, wrote {rows}")]
    KeyNotUnique { schema: &'static str, rows: u64 },
    #[error("`{schema}` has no primary key, so one row of it cannot be updated or deleted")]
    NoPrimaryKey { schema: &'static str },
    #[error("the changeset to insert is of an existing `{schema}`")]
    NotNew { schema: &'static str },
    #[error("the changeset to {action} is of a new `{schema}`")]
    NotExisting { schema: &'static str, action: &'static str },
    #[error("the database returned no row for the `{schema}` that it inserted")]
    NothingReturned { schema: &'static str },
    #[error("{} was violated, but is not declared in the changeset", named(.violation))]
    ConstraintNotDeclared { violation: Violation, example: String },
    #[error("a handle to the database was used inside a transaction on it that was begun with the same handle")]
    OuterHandle,
    #[error("a handle to a transaction was used while another one is open inside it")]
    InnerTransactionOpen,
    #[error("the transaction of this handle is over")]
    TransactionOver,
    #[error("the transaction is aborted: the database has refused an earlier statement of it")]
    TransactionAborted,
    #[error("the transaction was rolled back instead of committed: the database has refused a statement of it")]
    CommitAborted,
    #[error("the database has ended the transaction before its function returned")]
    TransactionEnded,
}

/// What a violated constraint is called.
fn named(violation: &Violation) -> String {
    let kind = violation.kind.name();
    match (&violation.name, violation.columns.as_slice()) {
        (Some(name), _) => format!("{kind} `{name}`"),
        (None, []) => kind.to_owned(),
        (None, columns) => format!("{kind} on `{}`", columns.join("`, `")),
    }
}

impl RepoError {
    /// With the error of the database behind it.
    pub(crate) fn into_error(self, cause: Error) -> Error {
        Error::from(self).because(cause)
    }

    pub(super) fn hint(&self) -> Option<String> {
        Some(match self {
            RepoError::NotFound { .. } | RepoError::KeyNotUnique { .. } => return None,
            RepoError::MultipleResults => "add a filter that names one row, or use `first` where any of them will do".into(),
            RepoError::Stale { .. } => "somebody else has changed or deleted it: read it again".into(),
            RepoError::NoPrimaryKey { .. } => "use `update_all` or `delete_all` with a filter".into(),
            RepoError::NotNew { .. } => "use `update`, or `Changeset::insert(value)` to insert a copy".into(),
            RepoError::NotExisting { .. } => "make the changeset from a row that was read, or use `insert`".into(),
            RepoError::NothingReturned { .. } => "a trigger or a rule may have sent the row elsewhere: use `insert_all`".into(),
            RepoError::ConstraintNotDeclared { example, .. } => format!("add {example} to the changeset to make it an error of that field"),
            RepoError::OuterHandle => "use the handle that the transaction's function receives, or `repo.outside()` to stay out of it on purpose".into(),
            RepoError::InnerTransactionOpen => "use the handle that the innermost transaction's function receives".into(),
            RepoError::TransactionOver => "do not keep the handle that a transaction's function receives".into(),
            RepoError::TransactionEnded => {
                "a statement that was stopped can do that, and a `COMMIT` or `ROLLBACK` of your own: return the error, and run the whole transaction again".into()
            }
            RepoError::TransactionAborted | RepoError::CommitAborted => {
                "return the error to roll back; to try something and go on, put it into a nested `transaction`, or use `repo.with(|o| o.savepoint())`".into()
            }
        })
    }
}
