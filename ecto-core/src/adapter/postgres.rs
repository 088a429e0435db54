//! PostgreSQL, by the synchronous `postgres` driver and rustls.

mod codec;

pub(super) use codec::RowReader;
