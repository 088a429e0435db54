//! What a changeset does, row by row of Ecto's table (C). What one file does alone is tested there.

mod cast;
mod change;
mod constraint;
mod errors;
mod merge;
mod validate;
mod whole;

use super::test_schema::{User, al};
use super::*;

/// The errors as `field code text`, in their order.
fn errors<S: Record>(changeset: &Changeset<S>) -> Vec<String> {
    changeset.errors().iter().map(|error| [error.field(), error.code(), &error.text()].join(" ")).collect()
}

/// The changes as `name=value`, in their order.
fn changes<S: Record>(changeset: &Changeset<S>) -> Vec<String> {
    let name = |index: u16| S::META.fields[usize::from(index)].name;
    changeset.changes().iter().map(|(index, value)| std::format!("{}={}", name(*index), display::text_of(value))).collect()
}

fn new() -> Changeset<User> {
    Changeset::new()
}

fn existing() -> Changeset<User> {
    al().into()
}
