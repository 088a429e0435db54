//! The one error of this library, and what can be asked of it.
//!
//! Two channels exist. What a *user* typed wrong is data in a changeset
//! (see [`FieldError`](crate::changeset::FieldError)). What a *programmer* got wrong, and what a database or a network refused,
//! is an [`Error`]. Each module has one closed enum with all of its texts, in a file of the same name below this one;
//! the enums are private, so a text can be improved without breaking anyone.

use std::error::Error as StdError;
use std::fmt;

mod adapter;
mod changeset;
mod ddl;
mod migration;
mod predicate;
mod query;
mod repo;
mod schema;
mod structure;
mod telemetry;
mod types;

pub(crate) use adapter::AdapterError;
pub use adapter::{Violation, ViolationKind};
pub(crate) use changeset::ChangesetError;
pub(crate) use ddl::DdlError;
pub use ddl::Lack;
pub(crate) use migration::MigrationError;
pub(crate) use query::QueryError;
pub(crate) use repo::RepoError;
pub(crate) use schema::SchemaError;
pub(crate) use structure::StructureError;
pub use telemetry::Repeat;
pub(crate) use telemetry::TelemetryError;
pub(crate) use types::TypeError;

/// The result of everything here that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

type Cause = Box<dyn StdError + Send + Sync>;

/// Why something could not be done.
///
/// Opaque and one word wide. Ask it with the `is_*` predicates, read it with [`Display`](fmt::Display): a text in lower case,
/// and, where there is a way out, a second line that begins with `hint:` and names the call that helps.
/// [`source`](StdError::source) leads to the driver's own error. `Debug` prints the same text followed by the whole chain of causes,
/// so that a `main` that returns an `Error` prints something a person can read.
///
/// Parameters of statements and passwords are never part of the text.
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    /// What was being done, outermost last: "in migration 2026…", "while loading `users.email`".
    context: Vec<String>,
    cause: Option<Cause>,
}

/// Which module speaks. One arm for each file below.
#[derive(Debug)]
pub(crate) enum Kind {
    Types(TypeError),
    Telemetry(TelemetryError),
    Schema(SchemaError),
    Ddl(DdlError),
    Structure(StructureError),
    Changeset(ChangesetError),
    Query(QueryError),
    Adapter(AdapterError),
    Repo(RepoError),
    Migration(MigrationError),
}

impl Error {
    #[cold]
    pub(crate) fn new(kind: Kind) -> Self {
        Error(Box::new(Inner { kind, context: Vec::new(), cause: None }))
    }

    /// The error that lies behind this one.
    #[cold]
    pub(crate) fn because(mut self, cause: impl Into<Cause>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// Says what was being done; shown in front of the text.
    #[cold]
    pub(crate) fn context(mut self, what: impl Into<String>) -> Self {
        self.0.context.push(what.into());
        self
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.0.kind
    }

    /// The way out, where there is one: the text behind `hint:`.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self.kind() {
            Kind::Types(e) => e.hint(),
            Kind::Telemetry(e) => e.hint(),
            Kind::Schema(e) => e.hint(),
            Kind::Ddl(e) => e.hint(),
            Kind::Structure(e) => e.hint(),
            Kind::Changeset(e) => e.hint(),
            Kind::Query(e) => e.hint(),
            Kind::Adapter(e) => e.hint(),
            Kind::Repo(e) => e.hint(),
            Kind::Migration(e) => e.hint(),
        }
    }

    fn text(&self) -> &dyn fmt::Display {
        match self.kind() {
            Kind::Types(e) => e,
            Kind::Telemetry(e) => e,
            Kind::Schema(e) => e,
            Kind::Ddl(e) => e,
            Kind::Structure(e) => e,
            Kind::Changeset(e) => e,
            Kind::Query(e) => e,
            Kind::Adapter(e) => e,
            Kind::Repo(e) => e,
            Kind::Migration(e) => e,
        }
    }

    /// The text without the hint, on one line.
    #[must_use]
    pub fn message(&self) -> String {
        let mut text = String::new();
        for what in self.0.context.iter().rev() {
            text.push_str(what);
            text.push_str(": ");
        }
        text.push_str(&self.text().to_string());
        text
    }
}

impl Error {
    /// Where it happened, from the outside in: the migration, the statement. Each is also part of the [`message`](Error::message).
    pub fn trail(&self) -> impl Iterator<Item = &str> {
        self.0.context.iter().rev().map(String::as_str)
    }

    /// What happened, without where.
    #[must_use]
    pub fn reason(&self) -> String {
        self.text().to_string()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())?;
        match self.hint() {
            Some(hint) => write!(f, "\nhint: {hint}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        let mut cause = self.source();
        while let Some(error) = cause {
            write!(f, "\ncaused by: {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.cause.as_deref().map(|cause| cause as _)
    }
}

macro_rules! from_kind {
    ($($kind:ident $error:ident),* $(,)?) => {$(
        impl From<$error> for Error {
            #[cold]
            fn from(error: $error) -> Self {
                Error::new(Kind::$kind(error))
            }
        }
    )*};
}
from_kind!(
    Types TypeError,
    Telemetry TelemetryError,
    Schema SchemaError,
    Ddl DdlError,
    Structure StructureError,
    Changeset ChangesetError,
    Query QueryError,
    Adapter AdapterError,
    Repo RepoError,
    Migration MigrationError,
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_one_word_wide_and_crosses_threads() {
        fn crosses<T: Send + Sync + 'static>() {}
        crosses::<Error>();
        assert_eq!(size_of::<Error>(), size_of::<usize>());
        assert_eq!(size_of::<Result<()>>(), size_of::<usize>());
    }
}
