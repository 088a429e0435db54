//! PostgreSQL, by the synchronous `postgres` driver and rustls.

mod codec;
mod ddl_dialect;

pub(super) use codec::RowReader;
pub(crate) use ddl_dialect::PostgresDdl;
