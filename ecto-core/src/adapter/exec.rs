//! The only caller of [`Connection::run`]: times it, stops it at its deadline, and tells those who listen.

mod print;
mod timing;

use std::panic::Location;
use std::time::{Duration, Instant};

use super::deadline::Watch;
use super::sql::{self, Dialect};
use super::{Command, Connection, Sink, Step, TransactionMode};
use crate::error::{AdapterError, Error, Result};
use crate::telemetry::{Event, Listeners};
use timing::TimedSink;

/// What surrounds a statement.
#[derive(Clone, Copy)]
pub struct Exec<'a> {
    /// Who is told of it.
    pub listeners: &'a Listeners,
    /// How its text is written, for those who are told.
    pub dialect: &'a dyn Dialect,
    /// How long it may take.
    pub timeout: Option<Duration>,
    /// Where its deadline is set; without one nothing is stopped.
    pub watch: Option<&'a Watch>,
    /// How long its connection was waited for.
    pub queued: Duration,
    /// Which call of the application runs it.
    pub location: &'static Location<'static>,
}

impl std::fmt::Debug for Exec<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exec").field("timeout", &self.timeout).field("queued", &self.queued).finish_non_exhaustive()
    }
}

/// Runs a statement.
///
/// # Errors
/// What the connection or the sink said; a timeout if its deadline passed.
#[inline]
pub fn run(connection: &mut dyn Connection, command: Command<'_>, sink: &mut dyn Sink, context: &Exec<'_>) -> Result<u64> {
    if context.listeners.is_empty() { guarded(connection, command, sink, context) } else { told(connection, command, sink, context) }
}

/// Moves a transaction; the same for `BEGIN`, `COMMIT` and their kin.
///
/// # Errors
/// What the connection said; a timeout if its deadline passed.
pub fn step(connection: &mut dyn Connection, step: Step, context: &Exec<'_>) -> Result<()> {
    let start = Instant::now();
    let outcome = with_deadline(context, || connection.step(step));
    if !context.listeners.is_empty() {
        let (sql, query) = (step_name(step), start.elapsed());
        let error = outcome.as_ref().err();
        context.listeners.tell(&Event {
            sql,
            source: None,
            params: &[],
            queued: context.queued,
            query,
            decode: Duration::ZERO,
            rows: 0,
            error,
            location: context.location,
        });
    }
    outcome
}

const fn step_name(step: Step) -> &'static str {
    match step {
        Step::Begin(TransactionMode::ReadOnly) => "begin read only",
        Step::Begin(TransactionMode::Serializable) => "begin serializable",
        Step::Begin(TransactionMode::Write) => "begin",
        Step::Commit => "commit",
        Step::Rollback => "rollback",
        Step::Savepoint(_) => "savepoint",
        Step::Release(_) => "release savepoint",
        Step::RollbackTo(_) => "rollback to savepoint",
    }
}

#[inline]
fn guarded(connection: &mut dyn Connection, command: Command<'_>, sink: &mut dyn Sink, context: &Exec<'_>) -> Result<u64> {
    with_deadline(context, || connection.run(command, sink))
}

#[inline]
fn with_deadline<T>(context: &Exec<'_>, run: impl FnOnce() -> Result<T>) -> Result<T> {
    let (Some(timeout), Some(watch)) = (context.timeout, context.watch) else { return run() };
    let armed = watch.arm(timeout);
    match run() {
        Err(error) if armed.fired() => Err(Error::from(AdapterError::Timeout { after: timeout }).because(error)),
        outcome => outcome,
    }
}

#[cold]
#[inline(never)]
fn told(connection: &mut dyn Connection, command: Command<'_>, sink: &mut dyn Sink, context: &Exec<'_>) -> Result<u64> {
    let mut timed = TimedSink::new(sink);
    let start = Instant::now();
    let outcome = guarded(connection, command, &mut timed, context);
    let (elapsed, decode) = (start.elapsed(), timed.spent());
    let sql = text(command, context.dialect);
    let params = print::params(command);
    context.listeners.tell(&Event {
        sql: &sql,
        source: source(command),
        params: &params,
        queued: context.queued,
        query: elapsed.saturating_sub(decode),
        decode,
        rows: *outcome.as_ref().unwrap_or(&0),
        error: outcome.as_ref().err(),
        location: context.location,
    });
    outcome
}

/// Written again for the event: connections keep their texts to themselves.
fn text(command: Command<'_>, dialect: &dyn Dialect) -> String {
    match command {
        Command::Raw(sql, _) => sql.to_owned(),
        // One that cannot be written has failed, and the event carries that error.
        Command::Outline(outline, _) => sql::write(&outline.statement(), dialect).unwrap_or_default(),
        Command::Statement(statement) | Command::Given(statement, _) | Command::Bulk(statement, _) => {
            sql::write(statement, dialect).unwrap_or_default()
        }
    }
}

fn source(command: Command<'_>) -> Option<&'static str> {
    match command {
        Command::Raw(..) => None,
        Command::Outline(outline, _) => Some(outline.meta().table),
        Command::Statement(statement) | Command::Given(statement, _) | Command::Bulk(statement, _) => Some(statement.root().table),
    }
}
