//! SQLite, by rusqlite: a file with one writer and many readers, or a database in memory with one connection.

mod codec;
mod ddl_dialect;

pub(super) use codec::RowReader;
pub(crate) use ddl_dialect::SqliteDdl;
