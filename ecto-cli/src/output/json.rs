//! One object on the standard output, when all is over.

use std::time::Duration;

use ecto_core::migration::{Event, Status};
use serde_json::{Map, Value, json};

use super::colour::Streams;
use super::tally::Tally;
use super::time::milliseconds;
use super::{Task, Voice, value};
use crate::error::CliError;

pub struct Json {
    streams: Streams,
    sql: bool,
    tally: Tally,
    /// What will be written; nothing if nothing was to be said.
    object: Map<String, Value>,
    migrations: Vec<Value>,
    operations: Vec<Value>,
    /// Operations from here on wait for their time.
    timed: usize,
    problems: Vec<Value>,
    /// What the migrator sent for itself.
    bookkeeping: Vec<Value>,
    notices: Vec<Value>,
    /// Is it about a run?
    run: bool,
}

impl Json {
    pub fn new(streams: Streams, sql: bool) -> Json {
        Json {
            streams,
            sql,
            tally: Tally::default(),
            object: Map::new(),
            migrations: Vec::new(),
            operations: Vec::new(),
            timed: 0,
            problems: Vec::new(),
            bookkeeping: Vec::new(),
            notices: Vec::new(),
            run: false,
        }
    }

    fn merge(&mut self, facts: Value) {
        if let Value::Object(facts) = facts {
            self.object.extend(facts);
        }
    }

    fn performed(&mut self, elapsed: Duration) {
        if let Some(last) = self.operations.last_mut() {
            last["duration_ms"] = json!(milliseconds(elapsed));
        }
        self.timed = self.operations.len();
    }

    /// The migration with its operations is complete.
    fn migration(&mut self, version: i64, name: &str, facts: Value) {
        let operations = std::mem::take(&mut self.operations);
        let mut migration = json!({"version": version, "name": name, "operations": operations});
        if let (Value::Object(migration), Value::Object(facts)) = (&mut migration, facts) {
            migration.extend(facts);
        }
        self.migrations.push(migration);
    }

    fn statement(&mut self, sql: &str) {
        let at = self.timed.min(self.operations.len().saturating_sub(1));
        let Some(operation) = self.operations.get_mut(at) else { return };
        if let Some(Value::Array(statements)) = operation.get_mut("sql") {
            statements.push(json!(sql));
        } else {
            operation["sql"] = json!([sql]);
        }
    }
}

impl Voice for Json {
    fn result(&mut self, _line: &str, facts: Value) {
        self.merge(facts);
    }

    fn note(&mut self, line: &str) {
        self.streams.error(line);
    }

    fn question(&mut self, text: &str) {
        self.streams.unfinished(&format!("{text} "));
    }

    fn begin(&mut self, task: Task<'_>) {
        self.run = true;
        self.merge(json!({"command": task.command, "database": task.database, "dry_run": task.dry}));
    }

    fn event(&mut self, event: Event<'_>) {
        self.tally.count(event);
        if value::is_problem(event) {
            self.problems.extend(value::event(event, false));
        }
        match event {
            // Blocked: it begins anew.
            Event::Started { .. } | Event::Blocked { .. } => {
                self.operations.clear();
                self.timed = 0;
            }
            Event::Operation { description } => self.operations.push(json!({"description": description})),
            Event::Statement { sql } if self.sql => self.statement(sql),
            Event::Bookkeeping { sql } => self.bookkeeping.push(json!(sql)),
            Event::Notice { severity, message } => self.notices.push(json!({"severity": severity, "message": message})),
            Event::Performed { elapsed } => self.performed(elapsed),
            Event::Finished { version, name, direction, elapsed } => {
                let facts = json!({"direction": value::word(direction), "state": "done", "duration_ms": milliseconds(elapsed)});
                self.migration(version, name, facts);
            }
            Event::Skipped { version, name } => self.migration(version, name, json!({"state": "skipped"})),
            Event::Failed { version, name, .. } => self.migration(version, name, json!({"state": "failed"})),
            _ => {}
        }
    }

    fn end(&mut self, elapsed: Duration) {
        self.merge(json!({"duration_ms": milliseconds(elapsed)}));
    }

    fn statuses(&mut self, database: &str, statuses: &[Status]) {
        self.merge(value::statuses(database, self.tally.server.as_deref(), statuses));
    }

    fn close(&mut self, error: Option<&CliError>) {
        if let Some(CliError::Usage(usage)) = error.filter(|error| error.exit_code() == 0) {
            return self.streams.usage(usage);
        }
        if self.run {
            let [migrations, problems] = [&mut self.migrations, &mut self.problems].map(std::mem::take);
            let (server, pending) = (self.tally.server.take(), self.tally.pending());
            self.merge(json!({"server": server, "migrations": migrations, "problems": problems, "pending": pending}));
            for (name, list) in [("bookkeeping", &mut self.bookkeeping), ("notices", &mut self.notices)] {
                if !list.is_empty() {
                    self.object.insert(name.to_owned(), json!(std::mem::take(list)));
                }
            }
        }
        if let Some(error) = error {
            self.merge(json!({"error": value::error(error, &self.tally)}));
        }
        if !self.object.is_empty() {
            let object = Value::Object(std::mem::take(&mut self.object));
            self.streams.out(&format!("{object:#}"));
        }
    }
}
