//! How deep the closure that runs now is nested in queries.
//!
//! A query that is made inside the closure of another is one level below it, and its columns carry that level: so a correlated
//! subquery needs no names. The level is a thread-local that each closure-taking method raises while the closure runs.

use std::cell::Cell;

use super::Statement;

thread_local! {
    static LEVEL: Cell<u8> = const { Cell::new(0) };
}

/// The level of a query that is made now.
#[inline]
pub fn current() -> u8 {
    LEVEL.get()
}

/// Puts the level back when the closure has run, even if it unwinds.
#[derive(Debug)]
pub struct Guard(u8);

impl Drop for Guard {
    #[inline]
    fn drop(&mut self) {
        LEVEL.set(self.0);
    }
}

/// A closure of this statement is about to run.
///
/// A statement that was made outside and is extended inside the closure of another one stood at the wrong level: it is moved below
/// that one first. Without this, its columns would silently be taken for those of the outer query.
#[inline(never)]
#[must_use]
pub fn enter(statement: &mut Statement) -> Guard {
    let outer = current();
    adopt(statement, outer);
    LEVEL.set(statement.level + 1);
    Guard(outer)
}

/// Moves a statement below `outer`, if it stands above it.
#[inline]
pub fn adopt(statement: &mut Statement, outer: u8) {
    if statement.level < outer {
        statement.relevel(statement.level, outer - statement.level);
    }
}
