//! What a run would send, as a script on the standard output: the statements, and comments that say what they are for.

use std::time::Duration;

use ecto_core::migration::{Direction, Event, Status};
use serde_json::Value;

use super::colour::Streams;
use super::human::Human;
use super::tally::Tally;
use super::{Task, Voice, screen, value};
use crate::error::CliError;

pub struct Script {
    streams: Streams,
    tally: Tally,
    /// Says what is not part of the script.
    human: Human,
    command: &'static str,
}

impl Script {
    pub fn new(streams: Streams, aside: Streams) -> Script {
        Script { streams, tally: Tally::default(), human: Human::new(aside, false, false), command: "" }
    }

    /// A text of several lines stays a comment.
    fn comment(&mut self, text: &str) {
        self.streams.out(&format!("-- {}", text.replace('\n', "\n-- ")));
    }
}

impl Voice for Script {
    fn result(&mut self, line: &str, _facts: Value) {
        self.comment(line);
    }

    fn note(&mut self, line: &str) {
        self.human.note(line);
    }

    fn question(&mut self, text: &str) {
        self.human.question(text);
    }

    fn begin(&mut self, task: Task<'_>) {
        self.command = task.command;
        self.comment(&format!("{} of {}: nothing was written", task.command, task.database));
    }

    fn event(&mut self, event: Event<'_>) {
        self.tally.count(event);
        match event {
            event if value::is_problem(event) => self.human.event(event),
            Event::Started { version, name, direction, transaction } => {
                self.streams.out("");
                let way = if transaction { "in one transaction" } else { "statement by statement, without a transaction" };
                self.comment(&format!("migration {version} {name}, {}, {way}", value::word(direction)));
            }
            Event::Finished { version, direction: Direction::Up, .. } => {
                self.comment(&format!("run by hand, it is recorded by: ecto repair --mark-applied {version}"));
            }
            Event::Finished { version, direction: Direction::Down, .. } => {
                self.comment(&format!("run by hand, it is recorded by: ecto repair --mark-pending {version}"));
            }
            Event::Operation { description } => self.comment(description),
            Event::Statement { sql } => self.streams.out(&format!("{};", sql.trim_end().trim_end_matches(';'))),
            _ => {}
        }
    }

    fn end(&mut self, elapsed: Duration) {
        if self.tally.done.is_empty() {
            self.comment(&screen::summary(self.command, &self.tally, elapsed));
        }
    }

    fn statuses(&mut self, _database: &str, _statuses: &[Status]) {}

    fn close(&mut self, error: Option<&CliError>) {
        if let Some(error) = error {
            screen::fail(&mut self.streams, error, &self.tally);
        }
    }
}
