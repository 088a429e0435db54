//! PostgreSQL, by the synchronous `postgres` driver and rustls.

mod codec;
mod ddl_dialect;
mod dialect;

pub(super) use codec::RowReader;
pub(crate) use ddl_dialect::PostgresDdl;

pub(super) fn from_url(
    _url: &super::url::Url<'_>,
    _connect: super::ConnectOptions,
    _pool: super::PoolOptions,
) -> crate::Result<super::Opened> {
    Err(crate::error::AdapterError::Unsupported { what: "connecting".into(), database: "PostgreSQL" }.into())
}

static CAPABILITIES: crate::capability::Capabilities = crate::capability::Capabilities {
    database: "PostgreSQL",
    row_locks: true,
    array_params: true,
    distinct_on: true,
    ilike: true,
    prefixes: true,
};
