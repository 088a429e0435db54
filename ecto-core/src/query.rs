//! Queries: typed at the door, data behind it.

mod ast;

pub use ast::{At, Extra, Op, Raw, RowLock, Statement, Token, Tokens, Verb};
