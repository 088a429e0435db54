//! Texts of `telemetry`: what a guard has counted.

use std::fmt;
use std::panic::Location;

/// A statement that one call of the application ran several times.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Repeat {
    /// Its text as it was sent. Its parameters may have differed from one time to the next.
    pub sql: String,
    /// The table that it reads or writes first; `None` for a statement given as text.
    pub source: Option<String>,
    /// The call of the repo that ran it: file, line and column.
    pub location: &'static Location<'static>,
    /// How often.
    pub times: usize,
}

impl fmt::Display for Repeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from {}: `{}`", times(self.times), self.location, self.sql)
    }
}

/// What can be wrong with the statements of a piece of code.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TelemetryError {
    #[error("one line ran the same statement more than {}: {}", times(*.limit), list(.repeats))]
    Repeated { limit: usize, repeats: Vec<Repeat> },
}

fn times(number: usize) -> String {
    match number {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        number => format!("{number} times"),
    }
}

fn list(repeats: &[Repeat]) -> String {
    repeats.iter().map(Repeat::to_string).collect::<Vec<_>>().join("; ")
}

/// What runs once instead of the loop.
fn way_out(sql: &str) -> &'static str {
    match verb(sql).as_str() {
        "INSERT" => "insert the rows together with `insert_all`",
        "UPDATE" => "update the rows together with `update_all`",
        "DELETE" => "delete the rows together with `delete_all`",
        _ => "load the association with the query, `.preload(..)`, or read the rows together by a filter with `in_`",
    }
}

fn verb(sql: &str) -> String {
    sql.trim_start().chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_ascii_uppercase()
}

impl TelemetryError {
    pub(super) fn hint(&self) -> Option<String> {
        let TelemetryError::Repeated { repeats, .. } = self;
        let mut ways: Vec<&str> = Vec::new();
        for way in repeats.iter().map(|repeat| way_out(&repeat.sql)) {
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        Some(format!("{}; a loop that is meant is let through by `.limit(..)` or `.allow(..)` of the guard", ways.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_out_is_that_of_the_verb() {
        let ways =
            ["insert into t values (1)", " UPDATE t SET a = 1", "DELETE FROM t", "WITH a AS (SELECT 1) SELECT 2", "SELECT 1"].map(way_out);
        let names = ["`insert_all`", "`update_all`", "`delete_all`", "`.preload(..)`", "`.preload(..)`"];
        assert!(ways.iter().zip(names).all(|(way, name)| way.contains(name)), "{ways:?}");
    }

    #[test]
    fn each_way_out_is_said_once() {
        let repeat = |sql: &str| Repeat { sql: sql.to_owned(), source: None, location: Location::caller(), times: 3 };
        let error = TelemetryError::Repeated { limit: 2, repeats: vec![repeat("SELECT 1"), repeat("DELETE FROM t"), repeat("SELECT 2")] };
        let hint = error.hint().unwrap();
        assert_eq!((hint.matches("preload").count(), hint.matches("`delete_all`").count()), (1, 1), "{hint}");
        assert_eq!(error.to_string().matches("3 times from ").count(), 3, "{error}");
    }
}
