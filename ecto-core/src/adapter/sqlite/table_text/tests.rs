//! Texts read and changed, and SQLite's own word on them.

mod catalogue;
mod corpus;
mod edits;
mod random;
mod refusals;
mod words;

use super::*;

fn parse(sql: &str) -> TableText {
    TableText::parse(sql).unwrap_or_else(|error| panic!("{sql}\n{error}"))
}

fn names(list: &[&str]) -> Vec<String> {
    list.iter().map(|name| (*name).to_owned()).collect()
}
