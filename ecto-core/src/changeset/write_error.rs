//! Why a row was not written.

use std::error::Error as StdError;
use std::fmt;

use super::Changeset;
use crate::error::{ChangesetError, Error};
use crate::schema::Record;

/// A write that was refused: by the changeset's own checks or a declared constraint, or by the database for any other reason.
///
/// `?` turns it into an [`Error`].
pub enum WriteError<S> {
    /// The changeset came back with errors on its fields.
    Invalid(Box<Changeset<S>>),
    /// Something that no user can correct: a constraint nobody declared, a lost connection, a mistake in the code.
    Database(Error),
}

impl<S> WriteError<S> {
    /// Did the changeset come back?
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        matches!(self, WriteError::Invalid(_))
    }

    /// Is it an error of the other channel?
    #[must_use]
    pub fn is_database(&self) -> bool {
        matches!(self, WriteError::Database(_))
    }

    /// The changeset that came back.
    #[must_use]
    pub fn changeset(&self) -> Option<&Changeset<S>> {
        match self {
            WriteError::Invalid(changeset) => Some(changeset),
            WriteError::Database(_) => None,
        }
    }

    /// The same, by value.
    #[must_use]
    pub fn into_changeset(self) -> Option<Changeset<S>> {
        match self {
            WriteError::Invalid(changeset) => Some(*changeset),
            WriteError::Database(_) => None,
        }
    }

    /// The error of the other channel.
    #[must_use]
    pub fn database(&self) -> Option<&Error> {
        match self {
            WriteError::Invalid(_) => None,
            WriteError::Database(error) => Some(error),
        }
    }
}

fn invalid<S: Record>(changeset: &Changeset<S>) -> ChangesetError {
    let errors: Vec<String> = changeset.errors().iter().map(ToString::to_string).collect();
    ChangesetError::Invalid {
        schema: S::META.name,
        errors: if errors.is_empty() { "the params are not a map".into() } else { errors.join(", ") },
    }
}

impl<S> From<Error> for WriteError<S> {
    fn from(error: Error) -> Self {
        WriteError::Database(error)
    }
}

impl<S: Record> From<Changeset<S>> for WriteError<S> {
    fn from(changeset: Changeset<S>) -> Self {
        WriteError::Invalid(Box::new(changeset))
    }
}

impl<S: Record> From<WriteError<S>> for Error {
    fn from(error: WriteError<S>) -> Self {
        match error {
            WriteError::Invalid(changeset) => invalid(&changeset).into(),
            WriteError::Database(error) => error,
        }
    }
}

impl<S: Record> fmt::Display for WriteError<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Invalid(changeset) => invalid(changeset).fmt(f),
            WriteError::Database(error) => error.fmt(f),
        }
    }
}

impl<S: Record> fmt::Debug for WriteError<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Invalid(changeset) => write!(f, "Invalid({changeset:?})"),
            WriteError::Database(error) => write!(f, "Database({error:?})"),
        }
    }
}

impl<S: Record> StdError for WriteError<S> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.database().and_then(StdError::source)
    }
}
