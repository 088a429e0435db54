//! How deep the closure that runs now is nested in queries, and whose handles may be used in it.
//!
//! A query that is made inside the closure of another is one level below it, and its columns carry that level: so a correlated
//! subquery needs no names. The level is a thread-local that each closure-taking method raises while the closure runs.
//!
//! Each closure also has a number, which its handles carry. A handle that was kept and is used in another closure has a number that is not open
//! there: without this, it would silently be taken for a column of whatever source stands in its place.

use std::cell::Cell;

use super::{At, Extra, Op, Statement, Token, Tokens};

/// One more than the deepest level that an [`At`] can hold.
const LEVELS: usize = 16;

thread_local! {
    static LEVEL: Cell<u8> = const { Cell::new(0) };
    static CLOSURES: Cell<u16> = const { Cell::new(0) };
    /// By level, the number of the closure that runs or ran last.
    static OPEN: [Cell<u16>; LEVELS] = const { [const { Cell::new(0) }; LEVELS] };
}

/// The level of a query that is made now.
#[inline]
pub fn current() -> u8 {
    LEVEL.get()
}

/// The root of the query whose closure runs now.
#[inline]
pub fn here() -> At {
    let level = current().wrapping_sub(1);
    At::in_closure(level, open(level))
}

#[inline]
fn open(level: u8) -> u16 {
    OPEN.with(|open| open[usize::from(level) % LEVELS].get())
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
    let closure = CLOSURES.get().checked_add(1).unwrap_or(1);
    CLOSURES.set(closure);
    OPEN.with(|open| open[usize::from(statement.level) % LEVELS].set(closure));
    Guard(outer)
}

/// Moves a statement below `outer`, if it stands above it.
#[inline]
pub fn adopt(statement: &mut Statement, outer: u8) {
    if statement.level < outer {
        statement.relevel(statement.level, outer - statement.level);
    }
}

/// Did what a closure of a query at this level returned use only handles of that closure, and of those around it? To be asked before another
/// closure runs.
#[inline(never)]
pub fn owns<const N: usize, const P: usize>(level: u8, raw: &Tokens<N, P>) -> bool {
    raw.tokens.iter().all(|token| is_open(level, *token)) && raw.extras.iter().all(|extra| owns_nested(level, extra))
}

fn owns_nested(level: u8, extra: &Extra) -> bool {
    match extra {
        Extra::Statement(nested) => owns_statement(level, nested),
        Extra::Text(_) | Extra::Literal(_) => true,
    }
}

fn owns_statement(level: u8, statement: &Statement) -> bool {
    owns(level, &statement.body)
        && owns(level, &statement.select)
        && statement.queries.iter().all(|(_, query)| owns_statement(level, query))
}

/// Columns of deeper queries were looked at when those were made.
#[inline]
fn is_open(level: u8, token: Token) -> bool {
    let names_source = matches!(token.op, Op::Column | Op::Row | Op::Set);
    let (of, closure) = (token.at.level(), token.at.closure());
    !names_source || closure == 0 || of > level || closure == open(of)
}
