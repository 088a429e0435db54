//! The only file that prints. What was asked for goes to the standard output; progress and errors go to the other stream.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this is where the command line talks")]

use std::time::Duration;

use ecto_core::migration::{Direction, Event, State, Status};

use crate::error::CliError;

/// An error, and what to do next.
pub fn failure(error: &CliError) {
    match error {
        // OK because there is nobody left to tell if the stream is closed.
        CliError::Usage(usage) => _ = usage.print(),
        other => {
            eprintln!("error: {other}");
            if let Some(hint) = other.hint() {
                eprintln!("hint: {hint}");
            }
        }
    }
}

/// A result of one line.
pub fn result(line: &str) {
    println!("{line}");
}

/// A line on the way.
pub fn note(line: &str) {
    eprintln!("{line}");
}

/// A question; the answer is read by the caller.
pub fn question(text: &str) {
    eprint!("{text} ");
}

/// Shows a run as it goes.
pub struct Progress {
    pub quiet: bool,
    pub sql: bool,
}

impl Progress {
    /// One event: a line, with the verb right-aligned.
    pub fn show(&self, event: Event<'_>) {
        if self.quiet && !matches!(event, Event::Late { .. } | Event::Missing { .. } | Event::Failed { .. }) {
            return;
        }
        match event {
            Event::Late { version, newest } => eprintln!("{:>10} {version} is older than {newest}, which was run already", "Warning"),
            Event::Missing { version } => eprintln!("{:>10} {version} was run, but there is no migration for it: passed over", "Warning"),
            Event::Started { version, name, direction, transaction } => {
                let mark = if transaction { "" } else { "  [no transaction]" };
                eprintln!("{:>10} {version} {name}{mark}", verb(direction, "Running", "Reverting"));
            }
            Event::Operation { description } => eprintln!("{:>10} {description}", ""),
            Event::Statement { sql } if self.sql => eprintln!("{:>10} {}", "", sql.replace('\n', "\n           ")),
            Event::Skipped { version, name } => eprintln!("{:>10} {version} {name}: another process was faster", "Skipped"),
            Event::Finished { version, name, direction, elapsed } => {
                eprintln!("{:>10} {version} {name} in {}", verb(direction, "Migrated", "Reverted"), time(elapsed));
            }
            Event::Failed { version, name, transaction: true, .. } => {
                eprintln!("{:>10} {version} {name}: rolled back, the database is as it was before it", "Failed");
            }
            Event::Failed { version, name, kept, .. } => {
                eprintln!("{:>10} {version} {name}: it has no transaction, so {} stayed", "Failed", count(kept, "statement"));
            }
            _ => {}
        }
    }
}

fn verb(direction: Direction, up: &'static str, down: &'static str) -> &'static str {
    match direction {
        Direction::Up => up,
        Direction::Down => down,
    }
}

/// The end of a run.
pub fn summary(direction: Direction, versions: usize, elapsed: Duration) {
    match versions {
        0 => println!("Migrations already {}", verb(direction, "up", "down")),
        _ => println!("{} {} in {}", verb(direction, "Migrated", "Reverted"), count(versions, "migration"), time(elapsed)),
    }
}

/// The list of migrations.
pub fn statuses(statuses: &[Status]) {
    let name = |status: &Status| status.name.clone().unwrap_or_else(|| "** FILE NOT FOUND **".into());
    let width = statuses.iter().map(|status| name(status).chars().count()).max().unwrap_or(0).max("name".len());
    println!("{:<6}  {:<14}  {:<width$}  run at", "status", "version", "name");
    for status in statuses {
        let state = match status.state {
            State::Down => "down".to_owned(),
            State::Partial { done, of } => format!("partial {done}/{of}"),
            State::Up | State::Missing => "up".to_owned(),
        };
        let at = status.applied_at.as_deref().unwrap_or_default().replace('T', " ");
        println!("{}", format!("{state:<6}  {:<14}  {:<width$}  {at}", status.version, name(status)).trim_end());
    }
    let waiting = statuses.iter().filter(|status| matches!(status.state, State::Down | State::Partial { .. })).count();
    println!("\n{}, {waiting} waiting", count(statuses.len(), "migration"));
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// `0.4 ms`, `41 ms`, `1.20 s`, `2m03s`.
fn time(elapsed: Duration) -> String {
    let [milliseconds, seconds] = [elapsed.as_secs_f64() * 1000.0, elapsed.as_secs_f64()];
    match elapsed.as_secs() {
        _ if milliseconds < 10.0 => format!("{milliseconds:.1} ms"),
        0 => format!("{milliseconds:.0} ms"),
        1..60 => format!("{seconds:.2} s"),
        whole => format!("{}m{:02}s", whole / 60, whole % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_at_a_glance() {
        let times = [400, 41_000, 1_200_000, 123_000_000].map(|microseconds| time(Duration::from_micros(microseconds)));
        assert_eq!(times, ["0.4 ms", "41 ms", "1.20 s", "2m03s"]);
    }
}
