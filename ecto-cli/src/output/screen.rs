//! The end of a run, in words: what was done, or what failed, what is left, and what helps.

use std::time::Duration;

use ecto_core::migration::Direction;

use super::colour::{DIM, DONE, ERROR, NAME, Streams, WARN, paint, verb};
use super::tally::{Failed, Tally};
use super::time::{count, time};
use crate::error::CliError;

/// The line at the end of a run that went well.
pub fn summary(command: &str, tally: &Tally, elapsed: Duration) -> String {
    let waiting = tally.still_waiting();
    let Some(last) = tally.done.last() else {
        return match (command, waiting) {
            ("migrate", 0) => "Migrations already up".into(),
            ("migrate", _) => format!("Nothing to run: {} asked for none of them", waits(waiting)),
            (_, 0) => "Migrations already down".into(),
            (_, _) => "Nothing to undo: all that was run was to be kept".into(),
        };
    };
    let migrations = match command {
        // Each ran both ways.
        "redo" => format!("{} undone and run again", count(tally.done.len() / 2, "migration")),
        _ => count(tally.done.len(), "migration"),
    };
    let done = format!("{migrations}, {}, {}", count(tally.operations, "operation"), time(elapsed));
    let rest = match command {
        "migrate" if waiting > 0 => format!("   {}", paint(WARN, format_args!("{waiting} still pending"))),
        "rollback" => String::new(),
        _ => format!("   {}", paint(DIM, format_args!("at {last}"))),
    };
    format!("{} {done}{rest}", verb(DONE, "Done"))
}

fn waits(number: usize) -> String {
    format!("{} {}, and you", count(number, "migration"), if number == 1 { "waits" } else { "wait" })
}

/// Says an error.
pub fn fail(streams: &mut Streams, error: &CliError, tally: &Tally) {
    match error {
        CliError::Usage(usage) => streams.usage(usage),
        other => streams.error(&failure(other, tally)),
    }
}

/// An error: in a frame if it is of a migration that was running.
fn failure(error: &CliError, tally: &Tally) -> String {
    match (error, &tally.failed) {
        (CliError::Library(library), Some(failed)) => frame(library, failed, tally),
        (other, _) => {
            let hint = other.hint().map(|hint| format!("\n{}: {hint}", paint(NAME, "hint"))).unwrap_or_default();
            format!("{}: {other}{hint}", paint(ERROR, "error"))
        }
    }
}

fn frame(error: &ecto_core::Error, failed: &Failed, tally: &Tally) -> String {
    let Failed { version, name, .. } = failed;
    let code = error.code().map(|code| format!("[{code}]")).unwrap_or_default();
    let at = if tally.step > 0 { format!(" at operation {}", tally.step) } else { String::new() };
    let mut lines = vec![format!("{}: {} {name} failed{at}", paint(ERROR, format_args!("error{code}")), paint(NAME, version))];
    // The migration is in the first line, the operation in the line below.
    let places = error.trail().skip(1).filter(|what| *what != tally.operation);
    lines.extend(places.map(|place| format!("  {} {place}", paint(NAME, "-->"))));
    if tally.step > 0 {
        lines.push(format!("   {}  {}", paint(NAME, "|"), tally.operation));
    }
    let mut fact = |text: String| lines.push(format!("   {} {text}", paint(NAME, "=")));
    fact(error.reason());
    fact(left(failed, tally));
    if let Some(hint) = error.hint() {
        fact(format!("{}: {hint}", paint(NAME, "hint")));
    }
    lines.join("\n")
}

/// What the database looks like now.
fn left(failed: &Failed, tally: &Tally) -> String {
    let earlier = tally.done.len();
    let state = match (failed.transaction, failed.kept, tally.resumed) {
        (true, ..) if earlier == 0 => "transaction rolled back, database unchanged".into(),
        (true, ..) => format!("transaction rolled back, {} before it {}", count(earlier, "migration"), stays(earlier)),
        (false, kept, Some((done, of))) => format!("{} of {of} steps done, `ecto migrate` goes on there", done + kept),
        (false, 0, None) => "nothing of it was done".into(),
        (false, kept, None) => format!("it has no transaction: {} done, `ecto migrate` goes on there", count(kept, "step")),
    };
    match tally.direction {
        Some(Direction::Up) => format!("{state}, {} still pending", count(tally.still_waiting(), "migration")),
        Some(Direction::Down) | None => state,
    }
}

fn stays(number: usize) -> &'static str {
    if number == 1 { "stays" } else { "stay" }
}
