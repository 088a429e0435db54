//! The traits of the port, and the words they speak in.

use std::fmt;
use std::sync::Arc;

use crate::capability::Capabilities;
use crate::error::Result;
use crate::query::Statement;
use crate::types::{Param, Value};

use super::{Outline, Row};

/// A database that connections can be opened to.
pub trait Adapter: Send + Sync {
    /// What the database can do. Statements that need more are refused before they reach a connection.
    fn capabilities(&self) -> &'static Capabilities;

    /// Which connections a pool may open, and for what.
    fn topology(&self) -> Topology;

    /// Opens a connection. It MUST be ready for statements: pragmas set, zone set, nothing open.
    ///
    /// # Errors
    /// When the database cannot be reached, refuses the user, or does not exist. The text names the way out, never a password.
    fn connect(&self, role: Role) -> Result<Box<dyn Connection>>;

    /// Creates, drops and looks for the database itself.
    fn storage(&self) -> &dyn Storage;

    /// What errors and logs call the database: a URL without its password.
    fn describe(&self) -> &str;

    /// How statements are written for it.
    fn dialect(&self) -> &'static dyn super::sql::Dialect;

    /// How changes of its structure are written.
    fn ddl(&self) -> &'static dyn super::sql::ddl::DdlDialect;

    /// How its structure is changed by migrations.
    fn structure(&self) -> &dyn super::Structure;
}

/// One open session with a database.
pub trait Connection: Send {
    /// Runs one statement and hands each row to `sink` before asking for the next. Returns how many rows were
    /// written, or read if it wrote none.
    ///
    /// An adapter MUST keep SQL text and prepared statement by the statement's shape, in a cache that is bounded, and
    /// MUST prepare again, unseen, where a prepared statement was outdated by a change of the schema.
    ///
    /// # Errors
    /// What the database said, with a [`Violation`](crate::Violation) where it named a constraint; or what `sink` said, after which no further
    /// row is read. A connection that cannot be used again says so in [`is_broken`](Connection::is_broken).
    fn run(&mut self, command: Command<'_>, sink: &mut dyn Sink) -> Result<u64>;

    /// Runs a text of any number of statements without parameters, and passes over what they return.
    ///
    /// # Errors
    /// What the database said of the first that failed; those before it have run.
    fn script(&mut self, sql: &str) -> Result<()>;

    /// Begins, ends or marks a transaction.
    ///
    /// # Errors
    /// What the database said: of a commit, perhaps a deferred constraint.
    fn step(&mut self, step: Step) -> Result<()>;

    /// A way to stop what this connection is doing, from another thread.
    fn canceller(&self) -> Box<dyn Cancel>;

    /// Is it unusable, so that the pool must replace it?
    fn is_broken(&self) -> bool;

    /// Asks the database for a sign of life.
    fn ping(&mut self) -> bool;

    /// Hands on what the database remarks beside its answers, from now on; `None` ends that. Where databases make no remarks, nothing comes.
    fn on_notice(&mut self, _listener: Option<NoticeListener>) {}

    /// Is a transaction open? Checked when a connection comes back to the pool, so that a `BEGIN` in a raw statement is found.
    fn in_transaction(&mut self) -> bool;
}

/// Hears what a database remarks: the word for how grave it is, and the text. May be called on any thread.
pub type NoticeListener = Arc<dyn Fn(&str, &str) + Send + Sync>;

/// Stops a statement from another thread.
pub trait Cancel: Send + Sync {
    /// Asks the database to stop. What runs then fails; if nothing runs, nothing happens.
    fn cancel(&self);
}

/// Where the rows of a statement go.
pub trait Sink {
    /// Takes one row.
    ///
    /// # Errors
    /// When the row is not what was expected; ends the statement.
    fn row(&mut self, row: Row<'_>) -> Result<()>;

    /// So many rows are about to come, where the database knows.
    fn expect(&mut self, _rows: usize) {}

    /// Does it want no further row? Asked after each; the statement then ends without looking for one.
    fn is_full(&self) -> bool {
        false
    }
}

/// For a statement whose rows nobody wants.
impl Sink for () {
    fn row(&mut self, _row: Row<'_>) -> Result<()> {
        Ok(())
    }
}

/// One statement to run.
#[derive(Clone, Copy)]
pub enum Command<'a> {
    /// As data, with its parameters.
    Statement(&'a Statement),
    /// The same with the parameters of its clauses apart, in their order, borrowed from wherever they are. There is no query inside it.
    Given(&'a Statement, &'a [Param<'a>]),
    /// One on one row, in a few words, with its parameters apart.
    Outline(Outline, &'a [Param<'a>]),
    /// An insert of many rows: the statement names the columns and what is returned, the rows are apart.
    /// All or nothing is up to the caller, who opens a transaction.
    Bulk(&'a Statement, &'a dyn Bulk),
    /// As text, with the database's own placeholders. Kept prepared, too.
    Raw(&'a str, &'a [Value]),
}

/// The statement of [`Command::Given`] with its parameters in it, for what is done so seldom that it may cost a copy.
#[must_use]
pub fn filled(statement: &Statement, params: &[Param<'_>]) -> Statement {
    let mut whole = statement.clone();
    whole.body.params = params.iter().copied().map(Value::from).collect();
    whole
}

/// The rows of a bulk insert, borrowed from wherever they are.
pub trait Bulk: Sync {
    /// How many rows.
    fn rows(&self) -> usize;
    /// How many columns: as many as the statement names.
    fn width(&self) -> usize;
    /// One cell.
    fn param(&self, row: usize, column: usize) -> Param<'_>;
}

/// A move of a transaction. Savepoints are numbered from 1 by their depth; one that was gone back to stays until it is released.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub enum Step {
    Begin(TransactionMode),
    Commit,
    Rollback,
    Savepoint(u32),
    Release(u32),
    RollbackTo(u32),
}

/// As a statement says it.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Begin(TransactionMode::Write) => f.write_str("BEGIN"),
            Step::Begin(TransactionMode::ReadOnly) => f.write_str("BEGIN READ ONLY"),
            Step::Begin(TransactionMode::Serializable) => f.write_str("BEGIN SERIALIZABLE"),
            Step::Commit => f.write_str("COMMIT"),
            Step::Rollback => f.write_str("ROLLBACK"),
            Step::Savepoint(depth) => write!(f, "SAVEPOINT {depth}"),
            Step::Release(depth) => write!(f, "RELEASE {depth}"),
            Step::RollbackTo(depth) => write!(f, "ROLLBACK TO {depth}"),
        }
    }
}

/// What a transaction may do, and what it may see of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum TransactionMode {
    /// Reads and writes; the database's default isolation. On SQLite the write lock is taken at once, so that it cannot fail half-way.
    #[default]
    Write,
    /// Only reads.
    ReadOnly,
    /// Reads and writes as if alone; may fail with an error for which `is_serialization_failure` holds.
    Serializable,
}

/// What a connection is for, where that makes a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Reads and writes.
    Writer,
    /// Only reads.
    Reader,
}

/// How many connections a database takes, and of which roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topology {
    /// Any number, all alike.
    Uniform,
    /// One that writes and any number that read: a SQLite file.
    OneWriter,
    /// One in all, kept open: a SQLite database in memory.
    Single,
}

/// The database itself, apart from what is in it.
pub trait Storage {
    /// Is it there?
    ///
    /// # Errors
    /// When that cannot be found out: the server is unreachable, the file is no database.
    fn status(&self) -> Result<StorageStatus>;

    /// Creates it. `false` if it was there already.
    ///
    /// # Errors
    /// When it cannot be created.
    fn create(&self) -> Result<bool>;

    /// Drops it. `false` if it was not there. `force` ends other sessions first, where the database has sessions.
    ///
    /// # Errors
    /// When it cannot be dropped.
    fn drop(&self, force: bool) -> Result<bool>;
}

/// Whether a database exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub enum StorageStatus {
    Up,
    Down,
}
