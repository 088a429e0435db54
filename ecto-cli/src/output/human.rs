//! For a reader: a run as it goes, a table, an error with what is left and what helps.

use std::time::Duration;

use ecto_core::migration::{Direction, Event, Status};
use serde_json::Value;

use super::colour::{DIM, DONE, NAME, Streams, WARN, paint, verb};
use super::progress::Pace;
use super::tally::Tally;
use super::time::time;
use super::{Task, Voice, progress, screen, table};
use crate::error::CliError;

/// How far to the right the time of an operation stands.
const WIDTH: usize = 72;

/// The usual word of a database for a remark that asks for nothing.
const NOTICE: &str = "NOTICE";

/// A lock that was obtained sooner needs no word.
const NOTICED: Duration = Duration::from_millis(500);

pub struct Human {
    streams: Streams,
    quiet: bool,
    sql: bool,
    tally: Tally,
    command: &'static str,
    /// What stands in a line that waits for its end: an operation for its time, for one.
    open: Option<String>,
    pace: Pace,
}

impl Human {
    pub fn new(streams: Streams, quiet: bool, sql: bool) -> Human {
        Human { streams, quiet, sql, tally: Tally::default(), command: "", open: None, pace: Pace::default() }
    }

    /// A line beside the result; an operation that runs gets its end first.
    fn line(&mut self, line: &str) {
        if self.open.take().is_some() {
            self.streams.unfinished("\n");
        }
        self.streams.error(line);
    }

    /// A line whose end is still to come.
    fn unfinished(&mut self, verb: &str, text: &str) {
        if self.open.take().is_some() {
            self.streams.unfinished("\n");
        }
        self.streams.unfinished(&format!("{verb} {text}"));
        self.open = Some(text.to_owned());
    }

    fn performed(&mut self, elapsed: Duration) {
        let told = self.open.take();
        let gap = WIDTH.saturating_sub(told.as_ref().map_or(0, |text| text.chars().count())).max(2);
        let lead = match told {
            // It was written over.
            Some(text) if self.pace.is_begun() && self.streams.is_watched() => format!("{}\r{:11}{text}", progress::over("", ""), ""),
            Some(_) => String::new(),
            None => " ".repeat(11),
        };
        self.streams.unfinished(&format!("{lead}{:gap$}{}\n", "", paint(DIM, format_args!("{:>8}", time(elapsed)))));
    }

    /// Where somebody looks, in the line of the operation; else in a line of its own, from time to time.
    fn progress(&mut self, description: &str, elapsed: Duration, advance: &str) {
        let due = self.pace.is_due(elapsed);
        if self.streams.is_watched() {
            self.streams.unfinished(&progress::over(description, advance));
            self.open = Some(description.to_owned());
        } else if due {
            self.line(&format!("{} {description}  {advance}", verb(DIM, "Still")));
        }
    }

    fn warn(&mut self, text: &str) {
        self.line(&format!("{} {text}", verb(WARN, "Warning")));
    }

    fn planned(&mut self, stepwise: usize) {
        let Tally { planned, waiting, applied, .. } = self.tally;
        if planned == 0 {
            return;
        }
        let (word, all) = if self.command == "migrate" { ("Pending", applied + waiting) } else { ("To undo", applied) };
        let ways = match stepwise {
            0 => String::new(),
            _ => format!("   ({} in transaction, {stepwise} step-wise)", planned - stepwise),
        };
        self.line(&format!("{} {planned} of {all}{ways}", verb(WARN, word)));
    }
}

impl Voice for Human {
    fn result(&mut self, line: &str, _facts: Value) {
        if !self.quiet {
            self.streams.out(line);
        }
    }

    fn note(&mut self, line: &str) {
        self.line(line);
    }

    fn question(&mut self, text: &str) {
        self.streams.unfinished(&format!("{text} "));
    }

    fn begin(&mut self, task: Task<'_>) {
        self.command = task.command;
        if !self.quiet {
            self.unfinished(&verb(DIM, "Database"), task.database);
        }
    }

    fn event(&mut self, event: Event<'_>) {
        self.tally.count(event);
        match event {
            // Failures are told of at the end, with the error.
            _ if self.quiet && !matches!(event, Event::Late { .. } | Event::Missing { .. }) => {}
            Event::Connected { server } if self.open.take().is_some() => self.streams.unfinished(&format!("  {server}\n")),
            Event::Planned { stepwise, .. } => self.planned(stepwise),
            Event::Waiting { holder, waited } => {
                let holder = holder.map(|holder| format!(": {holder}")).unwrap_or_default();
                self.line(&format!("{} for another run of migrations, {} so far{holder}", verb(WARN, "Waiting"), time(waited)));
            }
            Event::Locked { waited } if waited > NOTICED => {
                self.line(&format!("{} the lock of migrations was free after {}", verb(DIM, "Locked"), time(waited)));
            }
            Event::Blocked { by, attempt, of, pause } => {
                let by = by.map_or_else(|| "by another session".into(), |by| format!("by {by}"));
                let again = format!("try {attempt} of {of} in {}", time(pause));
                self.line(&format!("{} {by}: rolled back, {again}", verb(WARN, "Blocked")));
            }
            Event::Started { version, name, direction, transaction } => {
                let mark = if transaction { "" } else { "  [no transaction]" };
                self.line(&format!("{} {} {name}{mark}", verb(DONE, word(direction, "Running", "Reverting")), paint(NAME, version)));
            }
            Event::Resumed { done, of, .. } => {
                self.line(&format!("{} an earlier run did {done} of {of} steps", verb(DIM, "Resumed")));
            }
            Event::Repaired { what } => self.line(&format!("{} {what}", verb(WARN, "Repaired"))),
            Event::Running { what, waited } => {
                self.line(&format!("{} for what an earlier run began, {} so far: {what}", verb(WARN, "Waiting"), time(waited)));
            }
            Event::Operation { description } => {
                self.pace = Pace::default();
                self.unfinished(&format!("{:>10}", ""), description);
            }
            Event::Bookkeeping { sql } => self.line(&format!("{} {}", verb(DIM, "Migrator"), paint(DIM, indented(sql)))),
            Event::Notice { severity: NOTICE, message } => self.line(&format!("{} {message}", verb(DIM, "Notice"))),
            Event::Notice { severity, message } => self.line(&format!("{} {severity}: {message}", verb(WARN, "Notice"))),
            Event::Progress { description, elapsed, phase, percent, by } => {
                self.progress(description, elapsed, &progress::advance(elapsed, phase, percent, by));
            }
            Event::Statement { sql } if self.sql => self.line(&paint(DIM, format_args!("{:>10} {}", "", indented(sql)))),
            Event::Performed { elapsed } => self.performed(elapsed),
            Event::Skipped { version, name } => {
                self.line(&format!("{} {} {name}: another process was faster", verb(WARN, "Skipped"), paint(NAME, version)));
            }
            Event::Finished { version, name, direction, elapsed } => {
                let verb = verb(DONE, word(direction, "Migrated", "Reverted"));
                let gap = WIDTH.saturating_sub(version.to_string().len() + 1 + name.chars().count()).max(2);
                let elapsed = paint(DIM, format_args!("{:>8}", time(elapsed)));
                self.line(&format!("{verb} {} {name}{:gap$}{elapsed}", paint(NAME, version), ""));
            }
            other => warning(other).iter().for_each(|text| self.warn(text)),
        }
    }

    fn end(&mut self, elapsed: Duration) {
        if self.quiet {
            return;
        }
        let line = screen::summary(self.command, &self.tally, elapsed);
        self.streams.out(&line);
    }

    fn statuses(&mut self, database: &str, statuses: &[Status]) {
        if self.quiet {
            return;
        }
        let server = self.tally.server.as_ref().map(|server| format!("  {server}")).unwrap_or_default();
        self.line(&format!("{} {database}{server}", verb(DIM, "Database")));
        table::lines(statuses).iter().for_each(|line| self.streams.out(line));
    }

    fn close(&mut self, error: Option<&CliError>) {
        if self.open.take().is_some() {
            self.streams.unfinished("\n");
        }
        if let Some(error) = error {
            screen::fail(&mut self.streams, error, &self.tally);
        }
    }
}

/// What somebody ought to know.
fn warning(event: Event<'_>) -> Option<String> {
    Some(match event {
        Event::Late { version, newest } => format!("{version} is older than {newest}, which was run already"),
        Event::Missing { version } => format!("{version} was run, but there is no migration for it: passed over"),
        Event::RemoteFiles { kind } => format!(
            "the database stands on a file system that other machines may reach ({kind}): locks on it are not to be trusted, so let no \
             two work on it at once"
        ),
        Event::Loss { version, name, what } => format!("{version} {name} takes data away: {what}"),
        Event::Ignored { path } => format!("`{path}` is not named like a migration: passed over"),
        Event::Unnoted { version, reason } => format!("{version} is recorded, but no more than that is noted of it: {reason}"),
        Event::OneWay { version, name, reason } => format!("{version} {name} cannot be undone: {reason}"),
        _ => return None,
    })
}

fn word(direction: Direction, up: &'static str, down: &'static str) -> &'static str {
    match direction {
        Direction::Up => up,
        Direction::Down => down,
    }
}

/// A statement of several lines below its first word.
fn indented(sql: &str) -> String {
    sql.replace('\n', "\n           ")
}
