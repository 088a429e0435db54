//! The statement behind every typed query and write: data that knows nothing.
//!
//! An expression is a postfix list of six-byte [`Token`]s with its parameters apart, so that it is built without
//! allocating, and hashed and compared in tens of nanoseconds: each connection keeps a cache from the shape of a statement (everything but its
//! parameters) to its SQL text. `adapter/sql` walks the tokens with a stack; nobody else needs to read them.

mod statement;
mod token;
mod tokens;

pub use statement::{Per, RowLock, Statement, VIA, Verb};
pub use token::{Op, Token};
pub use tokens::{Extra, Raw, Tokens};
