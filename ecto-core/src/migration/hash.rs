//! What a migration does, in one short text that is kept with its version: whether it was changed since is seen by comparing.
//!
//! It is no protection against anybody: whoever can write to the database can write to the table.

use std::fmt::Write as _;

use super::prepare::Segment;
use super::schedule::Direction;
use crate::adapter::Written;
use crate::adapter::hash::Hash;
use crate::ddl::Op;

/// Of a SQL file: ends of lines and spaces before them make no difference.
pub(super) fn of_text(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_end();
    let lines = text.lines().flat_map(|line| line.trim_end().bytes().chain([b'\n']));
    let mut hash = Hash::default();
    hash.add(lines);
    format!("sql:{:016x}", hash.0)
}

/// Of what a migration in Rust does on this database. The text of a change may be another one in another version of this library, which is
/// therefore part of it; of a function of the application nothing is known but that it is there.
pub(super) fn of_segments(segments: &[Segment]) -> String {
    let mut hash = Hash::default();
    for segment in segments {
        match segment {
            Segment::Changes(changes) => changes.iter().for_each(|change| add_change(&mut hash, change)),
            Segment::Run(_) => add_text(&mut hash, "run"),
        }
    }
    format!("{}:{:016x}", env!("CARGO_PKG_VERSION"), hash.0)
}

/// Of a step that is a change.
pub(super) fn of_change(direction: Direction, change: &Written) -> String {
    let mut hash = Hash::default();
    add_text(&mut hash, direction.word());
    add_change(&mut hash, change);
    format!("{:016x}", hash.0)
}

/// Of a step that is a function of the application.
pub(super) fn of_function(direction: Direction) -> String {
    let mut hash = Hash::default();
    add_text(&mut hash, direction.word());
    add_text(&mut hash, "function");
    format!("{:016x}", hash.0)
}

/// Were they made in the same way, and yet differ?
pub(super) fn differ(stored: &str, present: &str) -> bool {
    let kind = |hash: &str| hash.split_once(':').map(|(kind, _)| kind.to_owned());
    kind(stored) == kind(present) && stored != present
}

/// A text, and its end.
fn add_text(hash: &mut Hash, text: &str) {
    hash.add(text.bytes().chain([0]));
}

/// Its statements; and the change itself, where they do not say all.
fn add_change(hash: &mut Hash, change: &Written) {
    change.statements.iter().for_each(|sql| add_text(hash, sql));
    if !matches!(change.op, Op::CreateTable(_) | Op::CreateIndex(_) | Op::Execute(_)) {
        // OK because a hash takes any text.
        let _ = writeln!(hash, "{:?}", change.op);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_matters_is_hashed() {
        assert_eq!(of_text("A;  \r\nB;\r\n\r\n"), of_text("\u{feff}A;\nB;"));
        assert_ne!(of_text("A;\nB;"), of_text("A; B;"));
        assert!(differ("sql:1", "sql:2"));
        assert!(!differ("sql:1", "sql:1"));
        assert!(!differ("0.1.0:1", "0.2.0:2"), "another version of this library");
    }
}
