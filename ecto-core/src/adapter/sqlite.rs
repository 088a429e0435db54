//! SQLite, by rusqlite: a file with one writer and many readers, or a database in memory with one connection.

mod codec;

pub(super) use codec::RowReader;
