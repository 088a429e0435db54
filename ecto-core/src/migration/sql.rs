//! Migrations written in SQL: text into statements, with options and a way back. What the statements mean is not asked.

mod file;
mod lexer;

pub(super) use file::SqlFile;
pub(super) use lexer::{ends_transaction, split};
