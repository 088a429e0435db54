//! Texts of `migration`: files, order, and what a migration could not do.

use std::time::Duration;

/// What can go wrong on the way from one version to another.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MigrationError {
    #[error("a {what} is never closed")]
    Unclosed { what: &'static str, line: usize },
    #[error("{place}: a {what} is never closed")]
    UnclosedIn { place: String, what: &'static str },
    #[error("{place}: a second line `-- down`")]
    SecondDown { place: String },
    #[error("{place}: options stand after the first statement")]
    LateOptions { place: String },
    #[error("{place}: the option `{option}` is not known")]
    UnknownOption { place: String, option: String },
    #[error("{file} says how to go back, and so does `down.sql` beside it")]
    TwoWaysBack { file: String },
    #[error("there is no folder of migrations at `{path}`")]
    NoFolder { path: String },
    #[error("cannot read `{path}`: {reason}")]
    Unreadable { path: String, reason: String },
    #[error("`{path}` is not named like a migration")]
    FileName { path: String },
    #[error("`{path}` has no file `up.sql`")]
    NoUpFile { path: String },
    #[error("`{version}` cannot be the version of a migration")]
    Version { version: i64 },
    #[error("two migrations have the version {version}: `{first}` and `{second}`")]
    DuplicateVersion { version: i64, first: String, second: String },
    #[error("two migrations have the name `{name}`: {first} and {second}")]
    DuplicateName { name: String, first: i64, second: i64 },
    #[error("migration {version} `{name}` is older than {newest}, which was applied already")]
    OutOfOrder { version: i64, name: String, newest: i64 },
    #[error("there is no migration with the version {version}")]
    UnknownVersion { version: i64 },
    #[error("migrations cannot run inside a transaction, as each has one of its own")]
    InTransaction,
    #[error("it is taken up half-way, so what undoes its first steps is not known")]
    TakenUp,
    #[error("it has neither `change` nor `up`")]
    NoChange,
    #[error("it does not say how to go back")]
    NoWayBack,
    #[error("it does not say how to go back, and a statement is not understood: {place}`{statement}`")]
    NotUnderstood { place: String, statement: String },
    #[error("it does not say how to go back, and nothing undoes this: {operation}")]
    NoInverse { operation: String },
    #[error("it does not say how to go back, and that was not recorded when it was applied")]
    NotRecorded,
    #[error("what undoes this cannot be told from the catalogue: {operation}")]
    NotTold { operation: String },
    #[error("{operation} names the prefix `{other}`, but the run is in `{prefix}`")]
    OtherPrefix { operation: String, other: String, prefix: String },
    #[error("{database} has no prefixes that migrations could run in")]
    NoPrefixes { database: &'static str },
    #[error("the table of versions `{table}` cannot be made: {reason}")]
    NoHistoryTable { table: String, reason: String },
    #[error("`{word}` would end the transaction that the migration runs in")]
    EndsTransaction { word: &'static str },
    #[error("{operation} cannot run inside a transaction")]
    NeedsNoTransaction { operation: String },
    #[error("another run of migrations {}: {holder}", in_time(*limit))]
    Locked { limit: Duration, holder: String, remedy: Option<String> },
    #[error("it was edited after a partial run: step {step} is not what was run, or not there any more")]
    Edited { step: usize, of: usize },
    #[error("step {step} of {of} was begun by an earlier run, and nobody knows whether it was done: {text}")]
    HalfDone { version: i64, step: usize, of: usize, text: String },
    #[error("nothing is noted of step {step} of migration {version}")]
    NoSuchStep { version: i64, step: usize },
    #[error("the run was interrupted")]
    Interrupted,
    #[error("the table `{table}` holds a version that is not a number: {found}")]
    History { table: String, found: String },
}

/// Who does not want to wait is not told for how long.
fn in_time(limit: Duration) -> String {
    if limit.is_zero() { "is under way".to_owned() } else { format!("did not end within {limit:.1?}") }
}

impl MigrationError {
    /// Do the migrations contradict each other, or the database? Nothing has run then.
    pub(super) fn is_inconsistent(&self) -> bool {
        use MigrationError::{DuplicateName, DuplicateVersion, Edited, OutOfOrder};
        matches!(self, DuplicateVersion { .. } | DuplicateName { .. } | OutOfOrder { .. } | Edited { .. })
    }

    pub(super) fn is_busy(&self) -> bool {
        matches!(self, MigrationError::Locked { .. })
    }

    pub(super) fn is_half_done(&self) -> bool {
        matches!(self, MigrationError::HalfDone { .. })
    }

    pub(super) fn is_interrupted(&self) -> bool {
        matches!(self, MigrationError::Interrupted)
    }

    pub(super) fn hint(&self) -> Option<String> {
        Some(match self {
            MigrationError::SecondDown { .. } => "one line `-- down` stands between the way there and the way back".into(),
            MigrationError::LateOptions { .. } => "move the line `-- ecto: …` to the top of the file".into(),
            MigrationError::UnknownOption { .. } => {
                "write `transaction`, `lock` or `retry` with `= on` or `= off`; `lock_timeout` or `timeout` with `= 5s` (or ms, min)".into()
            }
            MigrationError::TwoWaysBack { .. } => "keep one of them".into(),
            MigrationError::NoFolder { .. } => {
                "make the first one with `ecto gen migration NAME`, or say where they are: `--migrations-path DIR`".into()
            }
            MigrationError::FileName { .. } => "name it VERSION_name.sql, with a number as version: 20261122093000_create_users.sql".into(),
            MigrationError::NoUpFile { .. } => "a folder VERSION_name holds `up.sql` and, for the way back, `down.sql`".into(),
            MigrationError::Version { .. } => "a version is a number greater than 0, such as 20261122093000".into(),
            MigrationError::DuplicateVersion { .. } => "give one of them a version of its own".into(),
            MigrationError::DuplicateName { .. } => "rename one of them".into(),
            MigrationError::OutOfOrder { .. } => "give it a newer version, or run without `--strict-version-order`".into(),
            MigrationError::UnknownVersion { .. } => "`ecto migrations` lists them".into(),
            MigrationError::NoChange => "write `change`, or `up` and `down`".into(),
            MigrationError::NoWayBack => {
                "write `down`; in SQL a section `-- down`, or a file `down.sql`: empty if there is nothing to undo".into()
            }
            MigrationError::NotUnderstood { .. }
            | MigrationError::NoInverse { .. }
            | MigrationError::NotTold { .. }
            | MigrationError::TakenUp
            | MigrationError::NotRecorded => "write a section `-- down`, or a file `down.sql`: empty if there is nothing to undo".into(),
            MigrationError::OtherPrefix { .. } => "leave its prefix out, or run it without one".into(),
            MigrationError::NoPrefixes { .. } => "leave the prefix out, or use a database file for each".into(),
            MigrationError::NoHistoryTable { .. } => {
                "it takes a database that can be written to, a user who may make tables there, and a prefix that is there, if one is given"
                    .into()
            }
            MigrationError::EndsTransaction { .. } => {
                "leave it out, as each migration has a transaction of its own; or turn that off: `-- ecto: transaction = off`".into()
            }
            MigrationError::NeedsNoTransaction { .. } => {
                "turn the transaction off: `MigrationOptions::new().transaction(false)`, or `-- ecto: transaction = off`".into()
            }
            MigrationError::InTransaction => "use the repo that the transaction was opened on, before it or after it".into(),
            MigrationError::Locked { remedy: Some(remedy), .. } => {
                format!("wait longer with `--lock-wait 10min`; or, if it hangs, end it: `{remedy}`")
            }
            MigrationError::Locked { remedy: None, .. } => "wait longer with `--lock-wait 10min`; or, if it hangs, end that process".into(),
            MigrationError::Edited { .. } => {
                "put it back as it was, let it run to its end, and write what is new into another migration".into()
            }
            MigrationError::HalfDone { version, step, .. } => format!(
                "look into the database, then say what is true: `ecto repair {version} --step {step} --done`, or `--redo` to have it run again"
            ),
            MigrationError::NoSuchStep { .. } => "`ecto migrations` shows which migrations were begun".into(),
            MigrationError::Interrupted => "what was recorded is done; run again for the rest".into(),
            MigrationError::Unclosed { .. }
            | MigrationError::UnclosedIn { .. }
            | MigrationError::Unreadable { .. }
            | MigrationError::History { .. } => return None,
        })
    }
}
