//! What happens, as data for programs.

use ecto_core::migration::{Direction, Event, State, Status};
use serde_json::{Value, json};

use super::tally::{Failed, Tally};
use super::time::milliseconds;
use crate::error::CliError;

/// An event, with its kind under `event`. `None` for what is only noise to a program.
pub fn event(event: Event<'_>, sql: bool) -> Option<Value> {
    Some(match event {
        Event::Planned { direction, pending, waiting, applied, stepwise } => {
            json!({"event": "planned", "direction": word(direction), "pending": pending, "waiting": waiting, "applied": applied, "stepwise": stepwise})
        }
        Event::RemoteFiles { kind } => json!({"event": "remote_files", "kind": kind}),
        Event::Late { version, newest } => json!({"event": "late", "version": version, "newest": newest}),
        Event::Missing { version } => json!({"event": "missing", "version": version}),
        Event::Ignored { path } => json!({"event": "ignored", "path": path}),
        Event::Unnoted { version, reason } => json!({"event": "unnoted", "version": version, "reason": reason}),
        Event::OneWay { version, name, reason } => json!({"event": "one_way", "version": version, "name": name, "reason": reason}),
        Event::Loss { version, name, what } => json!({"event": "loss", "version": version, "name": name, "what": what}),
        Event::Waiting { holder, waited } => json!({"event": "waiting", "holder": holder, "waited_ms": milliseconds(waited)}),
        Event::Locked { waited } => json!({"event": "locked", "waited_ms": milliseconds(waited)}),
        Event::Blocked { by, attempt, of, pause } => {
            json!({"event": "blocked", "by": by, "attempt": attempt, "of": of, "pause_ms": milliseconds(pause)})
        }
        Event::Started { version, name, direction, transaction } => {
            json!({"event": "started", "version": version, "name": name, "direction": word(direction), "transaction": transaction})
        }
        Event::Resumed { version, done, of } => json!({"event": "resumed", "version": version, "done": done, "of": of}),
        Event::Repaired { what } => json!({"event": "repaired", "what": what}),
        Event::Running { what, waited } => json!({"event": "running", "what": what, "waited_ms": milliseconds(waited)}),
        Event::Operation { description } => json!({"event": "operation", "description": description}),
        Event::Statement { sql: text } if sql => json!({"event": "statement", "sql": text}),
        Event::Performed { elapsed } => json!({"event": "performed", "duration_ms": milliseconds(elapsed)}),
        Event::Connected { server } => json!({"event": "connected", "server": server}),
        Event::Bookkeeping { sql } => json!({"event": "bookkeeping", "sql": sql}),
        Event::Notice { severity, message } => json!({"event": "notice", "severity": severity, "message": message}),
        Event::Progress { description, elapsed, phase, percent, by } => json!({
            "event": "progress", "description": description, "elapsed_ms": milliseconds(elapsed),
            "phase": phase, "percent": percent, "blocked_by": by,
        }),
        Event::Skipped { version, name } => json!({"event": "skipped", "version": version, "name": name}),
        Event::Finished { version, name, direction, elapsed } => json!({
            "event": "finished", "version": version, "name": name, "direction": word(direction), "duration_ms": milliseconds(elapsed),
        }),
        Event::Failed { version, name, transaction, kept } => {
            json!({"event": "failed", "version": version, "name": name, "transaction": transaction, "kept": kept})
        }
        _ => return None,
    })
}

/// Is it something that one should look at?
pub fn is_problem(event: Event<'_>) -> bool {
    matches!(
        event,
        Event::RemoteFiles { .. }
            | Event::Late { .. }
            | Event::Missing { .. }
            | Event::Ignored { .. }
            | Event::Unnoted { .. }
            | Event::OneWay { .. }
            | Event::Loss { .. }
            | Event::Repaired { .. }
    )
}

pub fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "up",
        Direction::Down => "down",
    }
}

/// How the migrations of a database stand.
pub fn statuses(database: &str, server: Option<&str>, statuses: &[Status]) -> Value {
    let current = statuses.iter().filter(|status| status.state.is_applied()).map(|status| status.version).max();
    let pending = statuses.iter().filter(|status| !status.state.is_applied()).count();
    let problems: Vec<Value> = statuses.iter().filter_map(problem).collect();
    let migrations: Vec<Value> = statuses.iter().map(status).collect();
    json!({
        "database": database, "server": server, "current": current, "pending": pending, "problems": problems, "migrations": migrations,
    })
}

fn problem(status: &Status) -> Option<Value> {
    let kind = match status.state {
        State::Missing => "missing",
        State::Changed => "changed",
        State::Partial { .. } => "partial",
        State::Down if status.out_of_order => "out_of_order",
        State::Up | State::Down => return None,
    };
    Some(json!({"event": kind, "version": status.version}))
}

fn status(status: &Status) -> Value {
    let mut object = json!({
        "version": status.version,
        "name": status.name,
        "state": state(status.state),
        "applied_at": status.applied_at.as_deref().map(|at| at.replace(' ', "T")),
        "applied_by": status.applied_by,
        "duration_ms": status.duration.map(milliseconds),
        "out_of_order": status.out_of_order,
    });
    if let State::Partial { done, of } = status.state {
        object["done"] = json!(done);
        object["of"] = json!(of);
    }
    object
}

fn state(state: State) -> &'static str {
    match state {
        State::Up => "up",
        State::Down => "down",
        State::Partial { .. } => "partial",
        State::Changed => "changed",
        State::Missing => "missing",
    }
}

/// An error, where it happened, and what is left.
pub fn error(error: &CliError, tally: &Tally) -> Value {
    let mut value = json!({"message": message(error), "exit_code": error.exit_code(), "hint": error.hint()});
    let CliError::Library(library) = error else { return value };
    let failed = tally.failed.as_ref().map(|Failed { version, name, transaction, kept }| {
        json!({
            "version": version, "name": name, "transaction": transaction, "kept": kept,
            "operation": tally.operation, "number": tally.step,
        })
    });
    value["code"] = json!(library.code());
    value["reason"] = json!(library.reason());
    value["trail"] = json!(library.trail().collect::<Vec<_>>());
    value["migration"] = json!(failed);
    value
}

/// On one line; of a wrong call only what was wrong.
fn message(error: &CliError) -> String {
    match error {
        CliError::Usage(usage) => {
            let text = usage.render().to_string();
            text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_system_of_others_is_a_problem() {
        let told = Event::RemoteFiles { kind: "nfs4" };
        assert!(is_problem(told));
        assert_eq!(event(told, false), Some(json!({"event": "remote_files", "kind": "nfs4"})));
    }
}
