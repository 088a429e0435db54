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

impl Violation {
    /// Of a kind, with nothing else known yet.
    pub(crate) const fn new(kind: ViolationKind) -> Self {
        Violation { kind, name: None, table: None, columns: Vec::new() }
    }
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

impl ViolationKind {
    /// What texts call such a constraint.
    pub(crate) fn name(self) -> &'static str {
        match self {
            ViolationKind::Unique => "the unique constraint",
            ViolationKind::ForeignKey => "the foreign key constraint",
            ViolationKind::Check => "the check constraint",
            ViolationKind::NotNull => "the NOT NULL constraint",
            ViolationKind::Exclusion => "the exclusion constraint",
        }
    }
}

/// What can go wrong between here and a database. `database` is always a description without a password.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AdapterError {
    #[error("the database refused the statement: {message}")]
    Refused { message: String, code: String },
    #[error("the database refused the row: {message}")]
    Violation { violation: Violation, message: String },
    #[error("the database is busy: {message}")]
    Busy { message: String, setting: &'static str },
    #[error("the transaction collided with another one: {message}")]
    Serialization { message: String },
    #[error("the statement was stopped after {after:?}")]
    Timeout { after: Duration },
    #[error("the statement was stopped: {message}")]
    Cancelled { message: String },
    #[error("the statement was prepared before the schema changed, and a transaction is open: {message}")]
    StalePlan { message: String },
    #[error("the statement takes {expected} parameters, found {found}")]
    ParameterCount { expected: usize, found: usize },

    #[error("cannot reach {database}: {message}")]
    Unreachable { database: String, message: String },
    #[error("the connection was lost: {message}")]
    Lost { message: String },
    #[error("{database} refused the user: {message}")]
    Authentication { database: String, message: String },
    #[error("the database `{name}` does not exist")]
    MissingDatabase { name: String },
    #[error("cannot open `{path}`: {message}")]
    CannotOpen { path: String, message: String },
    #[error("`{path}` is not a {database} database")]
    NotADatabase { path: String, database: &'static str },
    #[error("the database is damaged: {message}")]
    Damaged { message: String },
    #[error("statements reach different sessions of the database")]
    SharedSession,
    #[error("the lock of migrations was lost during the run")]
    LockLost,
    #[error("the database can only be read: {message}")]
    ReadOnly { message: String },

    #[error("no connection became free within {waited:?}")]
    PoolTimeout { waited: Duration, size: usize },
    #[error("a transaction was left open on the connection")]
    LeftOpen,

    #[error("`{scheme}` is not a database that is known here, expected one of {known}")]
    UnknownScheme { scheme: String, known: String, examples: String },
    #[error("`{scheme}` needs the feature `{feature}` of ecto-core, which is off")]
    FeatureOff { scheme: String, feature: &'static str },
    #[error("the URL cannot be read: {reason}")]
    Url { reason: String },
    #[error("`{option}` is not an option of a `{scheme}` URL, expected one of {known}")]
    UnknownOption { option: String, scheme: &'static str, known: &'static str },
    #[error("`{value}` is not a value of the URL's option `{option}`, expected {expected}")]
    OptionValue { option: String, value: String, expected: &'static str },
    #[error("cannot set up TLS: {message}")]
    Tls { message: String },
    #[error("{what} is not supported by {database}")]
    Unsupported { what: String, database: &'static str },
}

impl AdapterError {
    pub(super) fn hint(&self) -> Option<String> {
        Some(match self {
            AdapterError::PoolTimeout { size, .. } => {
                format!("all {size} connections are in use: end transactions earlier, or raise `pool_size`")
            }
            AdapterError::Busy { setting, .. } => {
                format!("another connection is in the way: end transactions earlier, or raise `{setting}`")
            }
            AdapterError::Serialization { .. } => "roll back, and run the whole transaction again".into(),
            AdapterError::Timeout { .. } => "give it more time with `repo.with(|o| o.timeout(..))`, or look at its plan".into(),
            AdapterError::StalePlan { .. } => "roll back, and run the whole transaction again: it is prepared anew by then".into(),
            AdapterError::Unreachable { .. } => "is the server running, and are host and port right?".into(),
            AdapterError::Authentication { .. } => "look at the user and the password in the URL".into(),
            AdapterError::MissingDatabase { .. } => "create it with `ecto create`".into(),
            AdapterError::CannotOpen { .. } => "does its folder exist, and may it be written to?".into(),
            AdapterError::NotADatabase { .. } => "give the path of a database file, or of one that does not exist yet".into(),
            AdapterError::SharedSession | AdapterError::LockLost => {
                "connect to the database itself, without a pooler in between; or rely on the rows of versions alone: `--lock row`".into()
            }
            AdapterError::LeftOpen => {
                "it was rolled back: open transactions with `repo.transaction(..)`, not with a `BEGIN` of your own".into()
            }
            AdapterError::UnknownScheme { scheme, examples, .. } => match scheme.as_str() {
                "ecto" => format!("Elixir's `ecto://` names no kind of database: a URL here looks like {examples}"),
                _ => format!("a URL looks like {examples}"),
            },
            AdapterError::FeatureOff { feature, .. } => {
                format!("turn it on in Cargo.toml: ecto-core = {{ version = \"..\", features = [\"{feature}\"] }}")
            }
            _ => return None,
        })
    }
}
