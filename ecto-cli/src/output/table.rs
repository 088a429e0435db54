//! How migrations stand, as a table.

use ecto_core::migration::{State, Status};

use super::colour::{DIM, DONE, NAME, WARN, paint};
use super::time::{count, time};

const HEADS: [&str; 6] = ["status", "version", "name", "run at", "took", "by"];

/// A line of heads, one for each migration, and how many there are of which kind.
pub fn lines(statuses: &[Status]) -> Vec<String> {
    let rows: Vec<[String; 6]> = statuses.iter().map(row).collect();
    let widths: Vec<usize> =
        (0..6).map(|at| rows.iter().map(|row| row[at].chars().count()).chain([HEADS[at].len()]).max().unwrap_or(0)).collect();
    let line = |cells: [&str; 6], style: &dyn Fn(usize, String) -> String| {
        // What nothing stands behind needs no padding.
        let last = cells.iter().rposition(|cell| !cell.is_empty()).unwrap_or(0);
        let cell = |at: usize| style(at, format!("{:<width$}", cells[at], width = if at == last { 0 } else { widths[at] }));
        (0..=last).map(cell).collect::<Vec<_>>().join("  ")
    };
    let mut lines = vec![line(HEADS, &|_, text| text)];
    for (status, row) in statuses.iter().zip(&rows) {
        let state = if status.state == State::Up { DONE } else { WARN };
        lines.push(line(row.each_ref().map(String::as_str), &|at, text| match at {
            0 => paint(state, text),
            1 => paint(NAME, text),
            2 => text,
            _ => paint(DIM, text),
        }));
    }
    lines.push(String::new());
    lines.push(total(statuses));
    lines
}

fn row(status: &Status) -> [String; 6] {
    [
        state(status),
        status.version.to_string(),
        status.name.clone().unwrap_or_else(|| "** FILE NOT FOUND **".into()),
        status.applied_at.as_deref().unwrap_or_default().replace('T', " "),
        status.duration.map(time).unwrap_or_default(),
        status.applied_by.clone().unwrap_or_default(),
    ]
}

fn state(status: &Status) -> String {
    match status.state {
        State::Up | State::Missing => "up".into(),
        State::Down if status.out_of_order => "out of order".into(),
        State::Down => "down".into(),
        State::Changed => "changed".into(),
        State::Partial { done, of } => format!("partial {done}/{of}"),
    }
}

/// `3 migrations, 1 waiting, 1 changed`; the words after the second are there only where they are needed.
fn total(statuses: &[Status]) -> String {
    let number = |is: fn(&Status) -> bool| statuses.iter().filter(|status| is(status)).count();
    let waiting = number(|status| !status.state.is_applied());
    let rare = [
        (number(|status| status.out_of_order), "out of order"),
        (number(|status| status.state == State::Changed), "changed"),
        (number(|status| status.state == State::Missing), "without a file"),
    ];
    let rare: String = rare.iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!(", {number} {what}")).collect();
    format!("{}, {waiting} waiting{rare}", count(statuses.len(), "migration"))
}
