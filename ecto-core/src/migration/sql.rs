//! Migrations written in SQL: text into statements, with options and a way back, and statements into changes of structure.

mod file;
mod lexer;
mod meaning;
mod understand;

pub(super) use file::SqlFile;
pub(super) use lexer::{ends_transaction, split};
pub(super) use meaning::{for_database, meaning, obstacle};
