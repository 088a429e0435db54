//! What a run of migrations tells whoever wants to show it.

use std::time::Duration;

use super::schedule::Direction;

/// What happens during a run.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the fields say it")]
pub enum Event<'a> {
    /// These will run, nothing has run yet; `applied` are done already.
    Planned {
        direction: Direction,
        pending: usize,
        /// How many could run if nobody had said how far.
        waiting: usize,
        applied: usize,
        /// How many of the pending ones run without a transaction.
        stepwise: usize,
    },
    /// Before anything runs: the database stands on a file system of this kind, where other machines may be, and locks are not to be trusted.
    RemoteFiles {
        kind: &'a str,
    },
    /// Another run holds the lock: told from time to time.
    Waiting {
        holder: Option<&'a str>,
        waited: Duration,
    },
    /// The lock of the run is held from here on.
    Locked {
        waited: Duration,
    },
    /// A migration will run although a newer one, `newest`, was applied already.
    Late {
        version: i64,
        newest: i64,
    },
    /// An applied version is passed over, because there is no migration for it.
    Missing {
        version: i64,
    },
    /// A file that looks like a migration and is passed over, as it is not named like one.
    Ignored {
        path: &'a str,
    },
    /// The version is recorded, but not what else is noted of it, and why.
    Unnoted {
        version: i64,
        reason: &'a str,
    },
    /// Before it runs: it cannot be undone once it has run, and why.
    OneWay {
        version: i64,
        name: &'a str,
        reason: &'a str,
    },
    /// Before anything runs: it will take this data away, for ever.
    Loss {
        version: i64,
        name: &'a str,
        what: &'a str,
    },
    Started {
        version: i64,
        name: &'a str,
        direction: Direction,
        transaction: bool,
    },
    /// It was begun by an earlier run, which did so many of its steps.
    Resumed {
        version: i64,
        done: usize,
        of: usize,
    },
    /// Something that an earlier run left behind was set right.
    Repaired {
        what: &'a str,
    },
    /// The database is still at what an earlier run began.
    Running {
        what: &'a str,
        waited: Duration,
    },
    /// An operation begins: in a few words.
    Operation {
        description: &'a str,
    },
    /// A statement is sent.
    Statement {
        sql: &'a str,
    },
    /// The operations that were told of since the last one are done.
    Performed {
        elapsed: Duration,
    },
    /// Another session, `by`, is in the way; it is tried again after a pause.
    Blocked {
        by: Option<&'a str>,
        attempt: u32,
        of: u32,
        pause: Duration,
    },
    /// Another process was faster.
    Skipped {
        version: i64,
        name: &'a str,
    },
    Finished {
        version: i64,
        name: &'a str,
        direction: Direction,
        elapsed: Duration,
    },
    /// It failed. With a transaction the database is as it was before this migration; else `kept` statements stay done.
    Failed {
        version: i64,
        name: &'a str,
        transaction: bool,
        kept: usize,
    },
    // What follows is told to a listener alone.
    /// The database answers: what it is, and its version.
    Connected {
        server: &'a str,
    },
    /// A statement that the migrator sends for itself: of transactions, versions, the lock, settings, and questions to the catalogue.
    Bookkeeping {
        sql: &'a str,
    },
    /// The database remarks something: `severity` is its own word for how grave that is.
    Notice {
        severity: &'a str,
        message: &'a str,
    },
    /// An operation takes long: told about once a second, from another thread.
    Progress {
        description: &'a str,
        elapsed: Duration,
        /// What the database is at, and how much of that is done, where it says so.
        phase: Option<&'a str>,
        percent: Option<u8>,
        /// Whom it waits for.
        by: Option<&'a str>,
    },
}
