//! One object a line on the standard output, as it happens.

use std::time::Duration;

use ecto_core::migration::{Event, Status};
use serde_json::{Value, json};

use super::colour::Streams;
use super::progress::Pace;
use super::tally::Tally;
use super::time::milliseconds;
use super::{Task, Voice, value};
use crate::error::CliError;

pub struct Ndjson {
    streams: Streams,
    sql: bool,
    tally: Tally,
    pace: Pace,
}

impl Ndjson {
    pub fn new(streams: Streams, sql: bool) -> Ndjson {
        Ndjson { streams, sql, tally: Tally::default(), pace: Pace::default() }
    }

    fn line(&mut self, object: &Value) {
        self.streams.out(&object.to_string());
    }
}

impl Voice for Ndjson {
    fn result(&mut self, _line: &str, mut facts: Value) {
        facts["event"] = json!("result");
        self.line(&facts);
    }

    fn note(&mut self, line: &str) {
        self.line(&json!({"event": "note", "text": line}));
    }

    fn question(&mut self, text: &str) {
        self.streams.unfinished(&format!("{text} "));
    }

    fn begin(&mut self, task: Task<'_>) {
        self.line(&json!({"event": "begin", "command": task.command, "database": task.database, "dry_run": task.dry}));
    }

    fn event(&mut self, event: Event<'_>) {
        self.tally.count(event);
        if matches!(event, Event::Progress { elapsed, .. } if !self.pace.is_due(elapsed)) {
            return;
        }
        if let Some(object) = value::event(event, self.sql) {
            self.line(&object);
        }
    }

    fn end(&mut self, elapsed: Duration) {
        let (done, pending) = (&self.tally.done, self.tally.pending());
        let object = json!({"event": "end", "versions": done, "pending": pending, "duration_ms": milliseconds(elapsed)});
        self.line(&object);
    }

    fn statuses(&mut self, database: &str, statuses: &[Status]) {
        let mut whole = value::statuses(database, self.tally.server.as_deref(), statuses);
        let migrations = whole["migrations"].take();
        for migration in migrations.as_array().into_iter().flatten() {
            let mut object = migration.clone();
            object["event"] = json!("migration");
            self.line(&object);
        }
        if let Value::Object(object) = &mut whole {
            object.remove("migrations");
        }
        whole["event"] = json!("end");
        self.line(&whole);
    }

    fn close(&mut self, error: Option<&CliError>) {
        if let Some(CliError::Usage(usage)) = error.filter(|error| error.exit_code() == 0) {
            return self.streams.usage(usage);
        }
        if let Some(error) = error {
            let mut object = value::error(error, &self.tally);
            object["event"] = json!("error");
            self.line(&object);
        }
    }
}
