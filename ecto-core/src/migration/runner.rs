//! Runs what was scheduled: each migration whole or not at all, and recorded first, so that a rival waits and then sees that it is done.

use std::time::{Duration, Instant};

use super::MigrationOptions;
use super::history::History;
use super::schedule::Direction;
use super::source::{Available, Described};
use super::sql::{ends_transaction, split};
use crate::adapter::sql::ddl::{DdlDialect, write};
use crate::adapter::{Connection, Step, TransactionMode};
use crate::ddl::{CreateIndex, DropIndex, Op, Origin};
use crate::error::{Error, MigrationError, Result, ViolationKind};

/// What happens during a run, for whoever wants to show it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the fields say it")]
pub enum Event<'a> {
    /// A migration will run although a newer one, `newest`, was applied already.
    Late {
        version: i64,
        newest: i64,
    },
    /// An applied version is passed over, because there is no migration for it.
    Missing {
        version: i64,
    },
    Started {
        version: i64,
        name: &'a str,
        direction: Direction,
        transaction: bool,
    },
    /// An operation begins: in a few words.
    Operation {
        description: &'a str,
    },
    /// A statement is sent.
    Statement {
        sql: &'a str,
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
}

/// A migration, ready to run: all its SQL is written.
pub(super) struct Prepared<'a> {
    version: i64,
    name: &'a str,
    direction: Direction,
    options: MigrationOptions,
    work: Vec<Work>,
}

/// One operation and its statements.
struct Work {
    description: String,
    origin: Option<Origin>,
    statements: Vec<String>,
}

/// One session with a database, and where it records versions.
pub(super) struct Session<'c> {
    pub connection: &'c mut dyn Connection,
    pub ddl: &'static dyn DdlDialect,
    pub history: History,
}

/// Writes the SQL of a migration. What the database cannot do, or what cannot be undone, is found here, before anything runs.
pub(super) fn prepare<'a>(available: &'a Available, direction: Direction, ddl: &dyn DdlDialect) -> Result<Prepared<'a>> {
    let prepared = available.describe(direction, ddl.syntax()).and_then(|described| {
        let Described { ops, options } = described;
        let work = ops.iter().map(|op| work(op, options, ddl)).collect::<Result<_>>()?;
        Ok(Prepared { version: available.version, name: &available.name, direction, options, work })
    });
    prepared.map_err(|error| in_migration(error, available.version, &available.name))
}

fn work(op: &Op, options: MigrationOptions, ddl: &dyn DdlDialect) -> Result<Work> {
    let origin = match op {
        Op::Execute(raw) => raw.up.origin.clone(),
        _ => None,
    };
    let mut work = Work { description: op.describe(), origin, statements: write(op, ddl)? };
    if matches!(op, Op::Execute(_)) {
        work.statements = one_by_one(&work.statements, ddl).map_err(|error| work.locate(error))?;
    }
    if options.transaction {
        fits_transaction(op, &work).map_err(|error| work.locate(error))?;
    }
    Ok(work)
}

/// A text may hold several statements. Each is sent by itself, so that none of them hides from the checks.
fn one_by_one(texts: &[String], ddl: &dyn DdlDialect) -> Result<Vec<String>> {
    let mut statements = Vec::new();
    for text in texts {
        statements.extend(split(text, ddl.syntax())?.into_iter().map(str::to_owned));
    }
    Ok(statements)
}

fn fits_transaction(op: &Op, work: &Work) -> Result<()> {
    match op {
        Op::CreateIndex(CreateIndex { index, .. }) | Op::DropIndex(DropIndex { index, .. }) if index.concurrently => {
            Err(MigrationError::NeedsNoTransaction { operation: format!("{} concurrently", work.description) }.into())
        }
        Op::Execute(_) => match work.statements.iter().find_map(|sql| ends_transaction(sql)) {
            Some(word) => Err(MigrationError::EndsTransaction { word }.into()),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

fn in_migration(error: Error, version: i64, name: &str) -> Error {
    error.context(format!("migration {version} {name}"))
}

impl Prepared<'_> {
    pub fn version(&self) -> i64 {
        self.version
    }
}

impl Work {
    fn locate(&self, error: Error) -> Error {
        match &self.origin {
            Some(Origin { file, line, number }) => error.context(format!("{}:{line}: statement {number}", file.display())),
            None => error.context(self.description.clone()),
        }
    }
}

impl Session<'_> {
    /// Runs one. `false` if a rival was faster.
    pub fn run(&mut self, prepared: &Prepared<'_>, report: &mut dyn FnMut(Event<'_>)) -> Result<bool> {
        let Prepared { version, name, direction, options, .. } = *prepared;
        report(Event::Started { version, name, direction, transaction: options.transaction });
        let started = Instant::now();
        let mut kept = 0;
        let outcome = match options.transaction {
            true => self.whole(prepared, report),
            false => self.stepwise(prepared, report, &mut kept),
        };
        match outcome {
            Ok(true) => report(Event::Finished { version, name, direction, elapsed: started.elapsed() }),
            Ok(false) => report(Event::Skipped { version, name }),
            Err(_) => report(Event::Failed { version, name, transaction: options.transaction, kept }),
        }
        outcome.map_err(|error| in_migration(error, version, name))
    }

    /// In one transaction. The row comes first: its key keeps rivals apart.
    fn whole(&mut self, prepared: &Prepared<'_>, report: &mut dyn FnMut(Event<'_>)) -> Result<bool> {
        self.patience(prepared.options.lock_timeout)?;
        self.begin()?;
        let outcome = match self.record(prepared) {
            Ok(true) => prepared.work.iter().try_for_each(|work| self.send(work, report, &mut 0)).map(|()| true),
            other => other,
        };
        let outcome = match outcome {
            Ok(true) => self.connection.step(Step::Commit).map(|()| true),
            other => other,
        };
        if !matches!(outcome, Ok(true)) {
            self.undo();
        }
        self.patience_again(prepared.options.lock_timeout);
        outcome
    }

    /// Begins, and makes the table of versions if it is not there: inside, so that a failure leaves not even an empty one.
    fn begin(&mut self) -> Result<()> {
        self.connection.step(Step::Begin(TransactionMode::Write))?;
        let Err(error) = self.history.create(self.connection) else { return Ok(()) };
        self.undo();
        // Two that make it at once: the slower one may be told that it exists, whatever `IF NOT EXISTS` says.
        match self.history.exists(self.connection)? {
            true => self.connection.step(Step::Begin(TransactionMode::Write)),
            false => Err(error),
        }
    }

    fn undo(&mut self) {
        if self.connection.in_transaction() {
            // OK because the outcome says already what went wrong, and a transaction that nobody commits is undone with its session.
            let _ = self.connection.step(Step::Rollback);
        }
    }

    /// Statement by statement; recorded last, since what ran before a failure stays.
    fn stepwise(&mut self, prepared: &Prepared<'_>, report: &mut dyn FnMut(Event<'_>), kept: &mut usize) -> Result<bool> {
        self.patience(prepared.options.lock_timeout)?;
        let outcome = prepared.work.iter().try_for_each(|work| self.send(work, report, kept));
        self.patience_again(prepared.options.lock_timeout);
        outcome?;
        self.history.create(self.connection)?;
        self.record(prepared)?;
        Ok(true)
    }

    fn record(&mut self, prepared: &Prepared<'_>) -> Result<bool> {
        match prepared.direction {
            Direction::Down => self.history.delete(self.connection, prepared.version),
            Direction::Up => match self.history.insert(self.connection, prepared.version) {
                Ok(()) => Ok(true),
                Err(error) if error.violation().is_some_and(|violation| violation.kind == ViolationKind::Unique) => Ok(false),
                Err(error) => Err(error),
            },
        }
    }

    fn send(&mut self, work: &Work, report: &mut dyn FnMut(Event<'_>), kept: &mut usize) -> Result<()> {
        report(Event::Operation { description: &work.description });
        for sql in &work.statements {
            report(Event::Statement { sql });
            self.connection.script(sql).map_err(|error| work.locate(error))?;
            *kept += 1;
        }
        Ok(())
    }

    fn patience(&mut self, limit: Option<Duration>) -> Result<()> {
        match limit {
            Some(limit) => self.connection.script(&self.ddl.lock_timeout(Some(limit))),
            None => Ok(()),
        }
    }

    fn patience_again(&mut self, limit: Option<Duration>) {
        if limit.is_some() {
            // OK because it belongs to no outcome: a session that cannot be told so fails at its next statement.
            let _ = self.connection.script(&self.ddl.lock_timeout(None));
        }
    }
}
