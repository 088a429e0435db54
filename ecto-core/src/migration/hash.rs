//! What a migration does, in one short text that is kept with its version: whether it was changed since is seen by comparing.
//!
//! It is no protection against anybody: whoever can write to the database can write to the table.

use std::fmt::Write as _;

use super::work::Work;
use crate::adapter::hash::Hash;

/// Of a SQL file: ends of lines and spaces before them make no difference.
pub(super) fn of_text(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_end();
    let lines = text.lines().flat_map(|line| line.trim_end().bytes().chain([b'\n']));
    let mut hash = Hash::default();
    hash.add(lines);
    format!("sql:{:016x}", hash.0)
}

/// Of what a migration in Rust adds. The text of an operation may change with the version of this library, which is therefore part of it;
/// of a function of the application nothing is known but that it is there.
pub(super) fn of_works(works: &[Work]) -> String {
    let mut hash = Hash::default();
    for work in works {
        // OK because a hash takes any text.
        let _ = match work {
            Work::Op(op) => writeln!(hash, "{op:?}"),
            Work::Run(_) => writeln!(hash, "run"),
            Work::Flush => writeln!(hash, "flush"),
        };
    }
    format!("{}:{:016x}", env!("CARGO_PKG_VERSION"), hash.0)
}

/// Of a step: its direction and its text.
pub(super) fn of_parts(parts: &[&str]) -> String {
    let mut hash = Hash::default();
    hash.add(parts.iter().flat_map(|part| part.bytes().chain([0])));
    format!("{:016x}", hash.0)
}

/// Were they made in the same way, and yet differ?
pub(super) fn differ(stored: &str, present: &str) -> bool {
    let kind = |hash: &str| hash.split_once(':').map(|(kind, _)| kind.to_owned());
    kind(stored) == kind(present) && stored != present
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
