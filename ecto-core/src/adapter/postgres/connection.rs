//! One session with a PostgreSQL database.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use postgres::types::Type;
use postgres::{CancelToken, Client, Row as DriverRow, SimpleQueryMessage};
use smallvec::SmallVec;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::notice::Notices;
use super::prepared::{Prepared, Query};
use super::runtime::{blocking, drop_blocking};
use super::transaction::State;
use super::{bulk, fault};
use crate::adapter::statements::Statements;
use crate::adapter::{Bulk, Cancel, Command, Connection, NoticeListener, Row, Sink, Step};
use crate::error::{AdapterError, Error, Result};
use crate::query::Statement;

/// A session, and the statements that the server keeps prepared for it.
pub(super) struct PostgresConnection {
    /// `None` only while it is dropped.
    client: Option<Client>,
    notices: Notices,
    statements: Statements<Prepared>,
    keeps_prepared: bool,
    state: State,
    tls: MakeRustlsConnect,
    /// A cancel request is on its way, and may hit whatever runs when it arrives.
    cancelling: Arc<AtomicBool>,
    broken: bool,
}

/// What the server answered: rows, or how many it wrote.
pub(super) enum Answer {
    Rows(Vec<DriverRow>),
    Count(u64),
}

impl PostgresConnection {
    /// Takes over an open session.
    pub(super) fn new(client: Client, notices: Notices, tls: MakeRustlsConnect, capacity: usize, keeps_prepared: bool) -> Self {
        PostgresConnection {
            client: Some(client),
            notices,
            statements: Statements::new(capacity),
            keeps_prepared,
            state: State::default(),
            tls,
            cancelling: Arc::default(),
            broken: false,
        }
    }

    fn run_query(&mut self, query: &Query<'_>, sink: &mut dyn Sink) -> Result<u64> {
        let answer = match self.answer(query) {
            Err(error) if fault::is_stale(&error) => self.answer_again(query, error)?,
            Err(error) => return Err(fault::error(error)),
            Ok(answer) => answer,
        };
        match answer? {
            Answer::Count(count) => Ok(count),
            Answer::Rows(rows) => hand_on(&rows, sink),
        }
    }

    /// The outer error is the driver's, the inner one ours: only the first can mean that the statement is to be prepared again.
    fn answer(&mut self, query: &Query<'_>) -> Result<Result<Answer>, postgres::Error> {
        let Some(client) = self.client.as_mut() else { return Ok(Err(gone())) };
        if !self.keeps_prepared {
            return query.run_unnamed(client);
        }
        let prepared = match self.statements.get_or_make(query.key(), || Prepared::new(client, query)) {
            Ok(prepared) => prepared,
            Err(error) => return Ok(Err(error)),
        };
        query.run(client, prepared)
    }

    /// Outside of a transaction nothing is lost by running it again; inside, the transaction has failed with it.
    #[cold]
    fn answer_again(&mut self, query: &Query<'_>, error: postgres::Error) -> Result<Result<Answer>> {
        self.statements.forget(query.key());
        if self.state.is_open() {
            let message = error.as_db_error().map_or_else(String::new, |server| server.message().to_owned());
            return Err(Error::from(AdapterError::StalePlan { message }).because(error));
        }
        self.answer(query).map_err(fault::error)
    }

    fn run_bulk(&mut self, statement: &Statement, rows: &dyn Bulk, sink: &mut dyn Sink) -> Result<u64> {
        let types = if self.keeps_prepared { self.column_types(statement)? } else { None };
        let Some(types) = types else {
            let each = |row| Query::Row { statement, rows, row };
            return self.run_all((0..rows.rows()).map(each), sink);
        };
        let each = |batch| Query::Batch { statement, types: &types, batch };
        self.run_all(bulk::batches(rows).map(each), sink)
    }

    /// The statement for one row tells what the columns are.
    fn column_types(&mut self, statement: &Statement) -> Result<Option<SmallVec<[Type; 8]>>> {
        let one_row = Query::Statement(statement);
        let Some(client) = self.client.as_mut() else { return Err(gone()) };
        let prepared = self.statements.get_or_make(one_row.key(), || Prepared::new(client, &one_row))?;
        Ok(bulk::column_types(prepared))
    }

    /// Several statements as if they were one: all or none.
    fn run_all<'q>(&mut self, queries: impl ExactSizeIterator<Item = Query<'q>>, sink: &mut dyn Sink) -> Result<u64> {
        let own_transaction = queries.len() > 1 && !self.state.is_open();
        if own_transaction {
            self.batch("BEGIN")?;
        }
        let mut queries = queries;
        let written = queries.try_fold(0, |written, query| Ok(written + self.run_query(&query, sink)?));
        if own_transaction {
            let ended = self.batch(if written.is_ok() { "COMMIT" } else { "ROLLBACK" });
            return written.and_then(|written| ended.map(|()| written));
        }
        written
    }

    fn batch(&mut self, sql: &str) -> Result<()> {
        let Some(client) = self.client.as_mut() else { return Err(gone()) };
        blocking(|| client.batch_execute(sql)).map_err(fault::error)
    }

    /// What every call ends with: is the session still good for another?
    fn settle<T>(&mut self, outcome: Result<T>) -> Result<T> {
        if let Err(error) = &outcome {
            self.state.failed();
            self.broken |= error.is_connection();
        }
        let stopped = outcome.as_ref().is_err_and(Error::is_timeout);
        // A cancel request that stopped nothing yet may stop the next statement instead.
        if self.cancelling.swap(false, Ordering::AcqRel) && !stopped {
            self.broken = true;
        }
        outcome
    }

    /// The server answers a COMMIT of a failed transaction by rolling it back, and calls that a success.
    fn commit(&mut self) -> Result<()> {
        if self.state.has_failed() {
            let aborted = self.batch("SELECT 1");
            self.batch(if aborted.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
            return aborted;
        }
        self.batch("COMMIT")
    }

    /// The clock of a transaction stands still from its beginning on; and one that has failed refuses to say the time.
    fn asks_for_transaction(&mut self) -> bool {
        let Some(client) = self.client.as_mut() else { return false };
        let sql = "SELECT transaction_timestamp() <> statement_timestamp()";
        // As one message: the extended protocol sends several, and each counts as a statement that begins later.
        let answer = blocking(|| client.simple_query(sql));
        answer.map_or(true, |messages| {
            messages.iter().any(|message| matches!(message, SimpleQueryMessage::Row(row) if row.get(0) == Some("t")))
        })
    }
}

#[cold]
fn gone() -> Error {
    AdapterError::Lost { message: "it was closed".to_owned() }.into()
}

fn hand_on(rows: &[DriverRow], sink: &mut dyn Sink) -> Result<u64> {
    sink.expect(rows.len());
    for row in rows {
        sink.row(Row::Postgres(row))?;
    }
    Ok(rows.len() as u64)
}

impl Connection for PostgresConnection {
    fn run(&mut self, command: Command<'_>, sink: &mut dyn Sink) -> Result<u64> {
        let outcome = match command {
            Command::Statement(statement) => self.run_query(&Query::Statement(statement), sink),
            Command::Given(statement, params) => self.run_query(&Query::Given(statement, params), sink),
            Command::Outline(outline, params) => self.run_query(&Query::Outline(outline, params), sink),
            Command::Bulk(statement, rows) => self.run_bulk(statement, rows, sink),
            Command::Raw(sql, params) => {
                self.state.suspect(sql);
                self.run_query(&Query::Raw(sql, params), sink)
            }
        };
        self.settle(outcome)
    }

    fn script(&mut self, sql: &str) -> Result<()> {
        self.state.suspect(sql);
        let outcome = self.batch(sql);
        self.settle(outcome)
    }

    fn step(&mut self, step: Step) -> Result<()> {
        let outcome = match step {
            Step::Commit => self.commit(),
            step => self.batch(&State::sql(step)),
        };
        self.state.stepped(step, outcome.is_ok());
        self.settle(outcome)
    }

    fn canceller(&self) -> Box<dyn Cancel> {
        let token = self.client.as_ref().map(Client::cancel_token);
        Box::new(Request { token, tls: self.tls.clone(), cancelling: Arc::clone(&self.cancelling) })
    }

    fn is_broken(&self) -> bool {
        self.broken || self.cancelling.load(Ordering::Acquire) || self.client.as_ref().is_none_or(Client::is_closed)
    }

    fn ping(&mut self) -> bool {
        let Some(client) = self.client.as_mut() else { return false };
        blocking(|| client.simple_query("")).is_ok()
    }

    fn on_notice(&mut self, listener: Option<NoticeListener>) {
        self.notices.listen(listener);
    }

    fn in_transaction(&mut self) -> bool {
        if self.state.is_unsure() && !self.is_broken() {
            let open = self.asks_for_transaction();
            self.state.found(open);
        }
        self.state.is_open()
    }
}

impl Drop for PostgresConnection {
    fn drop(&mut self) {
        self.statements.clear();
        if let Some(client) = self.client.take() {
            drop_blocking(client);
        }
    }
}

/// A cancel request: a connection of its own, made by a thread of its own, for the server may be out of reach.
struct Request {
    token: Option<CancelToken>,
    tls: MakeRustlsConnect,
    cancelling: Arc<AtomicBool>,
}

impl Cancel for Request {
    fn cancel(&self) {
        let Some(token) = self.token.clone() else { return };
        let tls = self.tls.clone();
        self.cancelling.store(true, Ordering::Release);
        // Without a thread, or without a way to the server, the statement runs on until the server answers.
        let _ = std::thread::Builder::new().name("ecto-cancel".into()).spawn(move || token.cancel_query(tls));
    }
}
