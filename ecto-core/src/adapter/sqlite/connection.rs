//! One session with a SQLite database.

use rusqlite::config::DbConfig;
use rusqlite::{CachedStatement, InterruptHandle};

use super::codec::Binder;
use super::dialect::DIALECT;
use super::{fault, foreign_key, plan, rowid};
use crate::adapter::sql::{self, list::ListShape};
use crate::adapter::statements::{Key, Statements};
use crate::adapter::{Bulk, Cancel, Command, Connection, Outline, Row, Sink, Step, TransactionMode};
use crate::error::{Error, Result};
use crate::query::{Statement, Verb};
use crate::types::{Param, Value};

/// A session, and what it remembers of its statements. The prepared statements themselves are kept by rusqlite, by their text.
pub(super) struct SqliteConnection {
    driver: rusqlite::Connection,
    statements: Statements<Text>,
    /// For parameters that are bound as text; kept, so that binding does not allocate.
    buffer: String,
    /// Does the user want plans that no bound value changes?
    stable_plans: bool,
    /// Are they on?
    stable_now: bool,
    /// `query_only` was set for this transaction alone.
    read_only: bool,
}

struct Text {
    sql: Box<str>,
    /// Has it a LIKE or GLOB, whose plan depends on the pattern?
    matches_patterns: bool,
    /// Is the rowid of the new row what the statement returns, although its text does not?
    returns_rowid: bool,
}

impl SqliteConnection {
    /// Takes over an open session.
    ///
    /// # Errors
    /// When SQLite refuses a setting.
    pub(super) fn new(driver: rusqlite::Connection, capacity: usize, stable_plans: bool) -> Result<Self> {
        driver.set_prepared_statement_cache_capacity(capacity);
        driver.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, stable_plans).map_err(fault::error)?;
        Ok(SqliteConnection {
            driver,
            statements: Statements::new(capacity),
            buffer: String::new(),
            stable_plans,
            stable_now: stable_plans,
            read_only: false,
        })
    }

    fn run_statement(&mut self, statement: &Statement, sink: &mut dyn Sink) -> Result<u64> {
        let lists = list_shapes(statement);
        let text = self.statements.get_or_make(Key::Shape(statement, &lists), || write(&self.driver, statement))?;
        let stable = self.stable_plans && !(text.matches_patterns && plan::depends_on_params(statement));
        set_stable_plans(&self.driver, &mut self.stable_now, stable)?;
        let ready = Ready { driver: &self.driver, text, verb: statement.verb, buffer: &mut self.buffer };
        ready.run(|binder| bind_own(binder, statement), sink)
    }

    fn run_given(&mut self, statement: &Statement, params: &[Param<'_>], sink: &mut dyn Sink) -> Result<u64> {
        let text = self.statements.get_or_make(Key::Shape(statement, &[]), || write(&self.driver, statement))?;
        set_stable_plans(&self.driver, &mut self.stable_now, self.stable_plans)?;
        let ready = Ready { driver: &self.driver, text, verb: statement.verb, buffer: &mut self.buffer };
        ready.run(|binder| bind_each(binder, params), sink)
    }

    fn run_outline(&mut self, outline: Outline, params: &[Param<'_>], sink: &mut dyn Sink) -> Result<u64> {
        let text = self.statements.get_or_make(Key::Outline(outline), || write(&self.driver, &outline.statement()))?;
        set_stable_plans(&self.driver, &mut self.stable_now, self.stable_plans)?;
        let ready = Ready { driver: &self.driver, text, verb: outline.verb(), buffer: &mut self.buffer };
        ready.run(|binder| bind_each(binder, params), sink)
    }

    /// The statement for one row, once for each row: with everything prepared, nothing is faster on SQLite.
    fn run_bulk(&mut self, statement: &Statement, rows: &dyn Bulk, sink: &mut dyn Sink) -> Result<u64> {
        let text = self.statements.get_or_make(Key::Shape(statement, &[]), || sql::write(statement, &DIALECT).map(Text::new))?;
        let mut prepared = prepare(&self.driver, &text.sql)?;
        let mut written = 0;
        for row in 0..rows.rows() {
            let mut binder = Binder::new(&mut prepared, &mut self.buffer);
            for column in 0..rows.width() {
                binder.bind(rows.param(row, column))?;
            }
            binder.finish()?;
            drain(&mut prepared, sink)?;
            written += self.driver.changes();
        }
        Ok(written)
    }

    fn run_raw(&mut self, sql: &str, params: &[Value], sink: &mut dyn Sink) -> Result<u64> {
        let text = self.statements.get_or_make(Key::Text(sql), || Ok(Text::new(sql.to_owned())))?;
        let stable = self.stable_plans && !(text.matches_patterns && params.iter().any(plan::is_pattern));
        set_stable_plans(&self.driver, &mut self.stable_now, stable)?;
        let mut prepared = prepare(&self.driver, &text.sql)?;
        let mut binder = Binder::new(&mut prepared, &mut self.buffer);
        for value in params {
            binder.bind(value.as_param())?;
        }
        binder.finish()?;
        let before = self.driver.total_changes();
        let read = drain(&mut prepared, sink)?;
        // `changes` alone would answer for the statement before, if this one wrote nothing.
        Ok(if self.driver.total_changes() == before { read } else { self.driver.changes() })
    }

    /// A statement of our own, without parameters or rows.
    fn control(&mut self, sql: &str) -> Result<()> {
        let mut prepared = prepare(&self.driver, sql)?;
        drain(&mut prepared, &mut ()).map(drop)
    }

    fn begin(&mut self, mode: TransactionMode) -> Result<()> {
        match mode {
            // SQLite's transactions are serializable as they are.
            TransactionMode::Write | TransactionMode::Serializable => self.control("BEGIN IMMEDIATE"),
            TransactionMode::ReadOnly => {
                if !query_only(&self.driver)? {
                    self.control("PRAGMA query_only = ON")?;
                    self.read_only = true;
                }
                self.control("BEGIN")
            }
        }
    }

    /// SQLite rolls back by itself after some errors (a full disk, an interrupt); a second time would be an error.
    fn rollback(&mut self) -> Result<()> {
        let rolled_back = if self.driver.is_autocommit() { Ok(()) } else { self.control("ROLLBACK") };
        self.writable_again()?;
        rolled_back
    }

    fn commit(&mut self) -> Result<()> {
        match self.control("COMMIT") {
            Ok(()) => self.writable_again(),
            Err(error) if error.is_foreign_key_violation() => Err(foreign_key::deferred(&self.driver, error)),
            Err(error) => Err(error),
        }
    }

    fn writable_again(&mut self) -> Result<()> {
        if std::mem::take(&mut self.read_only) { self.control("PRAGMA query_only = OFF") } else { Ok(()) }
    }
}

/// A statement whose text is known.
struct Ready<'c> {
    driver: &'c rusqlite::Connection,
    text: &'c Text,
    verb: Verb,
    buffer: &'c mut String,
}

impl Ready<'_> {
    #[inline]
    fn run(self, bind: impl FnOnce(&mut Binder<'_, '_>) -> Result<()>, sink: &mut dyn Sink) -> Result<u64> {
        let mut prepared = prepare(self.driver, &self.text.sql)?;
        let mut binder = Binder::new(&mut prepared, self.buffer);
        bind(&mut binder)?;
        binder.finish()?;
        let read = drain(&mut prepared, sink)?;
        let written = if self.verb == Verb::Select { read } else { self.driver.changes() };
        // A trigger may have ignored the row.
        if self.text.returns_rowid && written == 1 {
            sink.row(Row::Values(&[Value::I64(self.driver.last_insert_rowid())]))?;
        }
        Ok(written)
    }
}

impl Text {
    fn new(sql: String) -> Self {
        Text { matches_patterns: plan::mentions_pattern(&sql), sql: sql.into(), returns_rowid: false }
    }
}

/// Lists are expanded in the text, so that their shapes are a part of its key.
#[inline]
fn list_shapes(statement: &Statement) -> smallvec::SmallVec<[ListShape; 2]> {
    let mut shapes = smallvec::SmallVec::new();
    statement.each_param(&mut |value| {
        if let Value::List(list) = value {
            shapes.push(ListShape::of(list.len()));
        }
    });
    shapes
}

#[inline]
fn prepare<'c>(driver: &'c rusqlite::Connection, sql: &str) -> Result<CachedStatement<'c>> {
    driver.prepare_cached(sql).map_err(fault::error)
}

fn query_only(driver: &rusqlite::Connection) -> Result<bool> {
    driver.pragma_query_value(None, "query_only", |row| row.get(0)).map_err(fault::error)
}

#[inline]
fn set_stable_plans(driver: &rusqlite::Connection, now: &mut bool, wanted: bool) -> Result<()> {
    if *now != wanted {
        driver.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, wanted).map_err(fault::error)?;
        *now = wanted;
    }
    Ok(())
}

/// The text of a statement that this connection has not met yet.
fn write(driver: &rusqlite::Connection, statement: &Statement) -> Result<Text> {
    match rowid::without_returning(driver, statement)? {
        Some(plain) => Ok(Text { returns_rowid: true, ..Text::new(sql::write(&plain, &DIALECT)?) }),
        None => sql::write(statement, &DIALECT).map(Text::new),
    }
}

#[inline]
fn bind_each(binder: &mut Binder<'_, '_>, params: &[Param<'_>]) -> Result<()> {
    params.iter().try_for_each(|param| binder.bind(*param))
}

/// Binds the parameters that stand in a statement.
fn bind_own(binder: &mut Binder<'_, '_>, statement: &Statement) -> Result<()> {
    let mut bound = Ok(());
    statement.each_param(&mut |value| {
        if bound.is_ok() {
            bound = binder.bind(value.as_param());
        }
    });
    bound
}

/// Runs what is bound, hands on its rows, and counts them.
#[inline]
fn drain(prepared: &mut CachedStatement<'_>, sink: &mut dyn Sink) -> Result<u64> {
    let mut read = 0;
    let mut rows = prepared.raw_query();
    while let Some(row) = rows.next().map_err(fault::error)? {
        read += 1;
        sink.row(Row::Sqlite(row))?;
        if sink.is_full() {
            break;
        }
    }
    Ok(read)
}

impl Connection for SqliteConnection {
    fn run(&mut self, command: Command<'_>, sink: &mut dyn Sink) -> Result<u64> {
        let outcome = match command {
            Command::Statement(statement) => self.run_statement(statement, sink),
            Command::Given(statement, params) => self.run_given(statement, params, sink),
            Command::Outline(outline, params) => self.run_outline(outline, params, sink),
            Command::Bulk(statement, rows) => self.run_bulk(statement, rows, sink),
            Command::Raw(sql, params) => self.run_raw(sql, params, sink),
        };
        outcome.map_err(|error| self.explain(error, command))
    }

    fn script(&mut self, sql: &str) -> Result<()> {
        self.driver.execute_batch(sql).map_err(fault::error)
    }

    fn step(&mut self, step: Step) -> Result<()> {
        match step {
            Step::Begin(mode) => self.begin(mode),
            Step::Commit => self.commit(),
            Step::Rollback => self.rollback(),
            Step::Savepoint(depth) => self.control(&format!("SAVEPOINT ecto_{depth}")),
            Step::Release(depth) => self.control(&format!("RELEASE ecto_{depth}")),
            Step::RollbackTo(depth) => self.control(&format!("ROLLBACK TO ecto_{depth}")),
        }
    }

    fn canceller(&self) -> Box<dyn Cancel> {
        Box::new(Interrupt(self.driver.get_interrupt_handle()))
    }

    fn is_broken(&self) -> bool {
        false
    }

    fn ping(&mut self) -> bool {
        true
    }

    fn in_transaction(&mut self) -> bool {
        !self.driver.is_autocommit()
    }
}

impl SqliteConnection {
    #[cold]
    fn explain(&self, error: Error, command: Command<'_>) -> Error {
        if error.is_foreign_key_violation() { foreign_key::immediate(&self.driver, error, command) } else { error }
    }
}

struct Interrupt(InterruptHandle);

impl Cancel for Interrupt {
    fn cancel(&self) {
        self.0.interrupt();
    }
}
