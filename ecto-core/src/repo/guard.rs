//! Which transactions are open on this thread.
//!
//! Inside a transaction, the handle that it was begun with would use another connection: its writes would not be part of the transaction, and
//! on SQLite they would wait for it for ever. So using it is an error, and this is how it is noticed.

use std::cell::RefCell;

thread_local! {
    static OPEN: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// A transaction on this database has begun on this thread.
pub fn enter(database: usize) {
    OPEN.with_borrow_mut(|open| open.push(database));
}

/// It has ended. Passes over one that was begun on another thread.
pub fn leave(database: usize) {
    OPEN.with_borrow_mut(|open| {
        if let Some(at) = open.iter().rposition(|other| *other == database) {
            open.remove(at);
        }
    });
}

/// Is there one?
#[inline]
pub fn is_inside(database: usize) -> bool {
    OPEN.with_borrow(|open| !open.is_empty() && open.contains(&database))
}
