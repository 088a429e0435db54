//! A connection that writes down what it is asked.

use super::fault::Fault;
use super::{Recorded, Recorder};
use crate::adapter::{Cancel, Command, Connection, NoticeListener, Row, Sink, Step, sql};
use crate::error::{AdapterError, Result};
use crate::query::Statement;
use crate::types::Value;

/// In front of a real connection, or of none.
pub(super) struct Recording {
    recorder: Recorder,
    inner: Option<Box<dyn Connection>>,
    lost: bool,
    /// Without a real connection: is a transaction open?
    open: bool,
}

impl Recording {
    pub(super) fn new(recorder: Recorder, inner: Option<Box<dyn Connection>>) -> Self {
        Recording { recorder, inner, lost: false, open: false }
    }

    fn record(&mut self, recorded: Recorded) -> Result<()> {
        let due = self.recorder.record(recorded);
        self.lost |= due == Some(Fault::Lost);
        match due {
            Some(fault) => Err(fault.error()),
            None if self.lost => Err(AdapterError::Lost { message: "as the recorder was told before".to_owned() }.into()),
            None => Ok(()),
        }
    }

    fn text(&self, statement: &Statement) -> Result<String> {
        sql::write(statement, self.recorder.database.dialect())
    }

    fn written_down(&self, command: Command<'_>) -> Result<Recorded> {
        Ok(match command {
            Command::Raw(sql, params) => Recorded { sql: sql.to_owned(), params: params.to_vec(), rows: 1 },
            Command::Statement(statement) => Recorded { sql: self.text(statement)?, params: params(statement), rows: 1 },
            Command::Outline(outline, params) => self.written_down(Command::Given(&outline.statement(), params))?,
            Command::Given(statement, params) => {
                Recorded { sql: self.text(statement)?, params: params.iter().copied().map(Value::from).collect(), rows: 1 }
            }
            Command::Bulk(statement, bulk) => {
                let cells = (0..bulk.rows()).flat_map(|row| (0..bulk.width()).map(move |column| Value::from(bulk.param(row, column))));
                Recorded { sql: self.text(statement)?, params: cells.collect(), rows: bulk.rows() }
            }
        })
    }
}

fn params(statement: &Statement) -> Vec<Value> {
    let mut params = Vec::new();
    statement.each_param(&mut |value| params.push(value.clone()));
    params
}

impl Connection for Recording {
    fn run(&mut self, command: Command<'_>, sink: &mut dyn Sink) -> Result<u64> {
        let recorded = self.written_down(command)?;
        let written = recorded.rows as u64;
        self.record(recorded)?;
        if let Some(inner) = &mut self.inner {
            return inner.run(command, sink);
        }
        let rows = self.recorder.next_answer();
        for row in &rows {
            sink.row(Row::Values(row))?;
        }
        Ok(if rows.is_empty() { written } else { rows.len() as u64 })
    }

    fn script(&mut self, sql: &str) -> Result<()> {
        self.record(Recorded { sql: sql.to_owned(), params: Vec::new(), rows: 1 })?;
        self.inner.as_mut().map_or(Ok(()), |inner| inner.script(sql))
    }

    fn step(&mut self, step: Step) -> Result<()> {
        self.record(Recorded { sql: step.to_string(), params: Vec::new(), rows: 1 })?;
        match step {
            Step::Begin(_) => self.open = true,
            Step::Commit | Step::Rollback => self.open = false,
            Step::Savepoint(_) | Step::Release(_) | Step::RollbackTo(_) => {}
        }
        self.inner.as_mut().map_or(Ok(()), |inner| inner.step(step))
    }

    fn canceller(&self) -> Box<dyn Cancel> {
        self.inner.as_ref().map_or_else(|| Box::new(Nothing) as Box<dyn Cancel>, |inner| inner.canceller())
    }

    fn is_broken(&self) -> bool {
        self.lost || self.inner.as_ref().is_some_and(|inner| inner.is_broken())
    }

    fn ping(&mut self) -> bool {
        !self.lost && self.inner.as_mut().is_none_or(|inner| inner.ping())
    }

    fn on_notice(&mut self, listener: Option<NoticeListener>) {
        if let Some(inner) = &mut self.inner {
            inner.on_notice(listener);
        }
    }

    fn in_transaction(&mut self) -> bool {
        match &mut self.inner {
            // What was open on a connection that is lost, the database rolls back.
            _ if self.lost => false,
            Some(inner) => inner.in_transaction(),
            None => self.open,
        }
    }
}

/// Nothing runs, so nothing is stopped.
struct Nothing;

impl Cancel for Nothing {
    fn cancel(&self) {}
}
