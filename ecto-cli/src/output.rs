//! The only place that prints. What was asked for goes to the standard output; progress and errors go to the other stream.

pub mod colour;
mod human;
mod json;
mod ndjson;
mod progress;
mod screen;
mod script;
mod table;
mod tally;
mod time;
mod value;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use clap::ValueEnum;
use ecto_core::migration::{Event, Status};
use serde_json::Value;

use crate::error::CliError;
use human::Human;
use json::Json;
use ndjson::Ndjson;
use script::Script;

/// In which form a command answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[default]
    Human,
    // One object, at the end.
    Json,
    // One object a line, as it happens.
    Ndjson,
}

/// What a run is about.
#[derive(Debug, Clone, Copy)]
pub struct Task<'a> {
    /// `migrate`, `rollback`, `redo`.
    pub command: &'static str,
    /// Without a password.
    pub database: &'a str,
    /// Is it only shown?
    pub dry: bool,
}

/// How the commands speak. An implementation for each form; none of them decides anything.
pub trait Voice {
    /// A result of one line, and the same as data.
    fn result(&mut self, line: &str, facts: Value);
    /// A line on the way.
    fn note(&mut self, line: &str);
    /// A question, whose answer the caller reads.
    fn question(&mut self, text: &str);
    /// A run begins.
    fn begin(&mut self, task: Task<'_>);
    /// Something happens in it.
    fn event(&mut self, event: Event<'_>);
    /// It ended well.
    fn end(&mut self, elapsed: Duration);
    /// How the migrations of a database stand.
    fn statuses(&mut self, database: &str, statuses: &[Status]);
    /// The command is over.
    fn close(&mut self, error: Option<&CliError>);
}

/// A voice that several threads speak with, one at a time.
#[derive(Clone)]
pub struct Speaker(Arc<Mutex<Box<dyn Voice + Send>>>);

impl Speaker {
    /// Waits until nobody else speaks.
    pub fn lock(&self) -> MutexGuard<'_, Box<dyn Voice + Send>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the flags say about the voice.
#[derive(Debug, Clone, Copy, Default)]
pub struct Manner {
    pub format: Format,
    pub color: clap::ColorChoice,
    pub quiet: bool,
    /// The statements of migrations.
    pub sql: bool,
    /// The statements as a script, in place of a report.
    pub script: bool,
}

impl Manner {
    /// The voice for it.
    pub fn voice(self) -> Speaker {
        let streams = || colour::Streams::new(self.color);
        let voice: Box<dyn Voice + Send> = match self.format {
            Format::Human if self.script => Box::new(Script::new(streams(), streams())),
            Format::Human => Box::new(Human::new(streams(), self.quiet, self.sql)),
            Format::Json => Box::new(Json::new(streams(), self.sql)),
            Format::Ndjson => Box::new(Ndjson::new(streams(), self.sql)),
        };
        Speaker(Arc::new(Mutex::new(voice)))
    }
}
