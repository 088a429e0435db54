//! Who serves a session, and how far another one has come with its statement.

use super::lock::DESCRIPTION;
use crate::adapter::{Advance, Connection, Server, ask};
use crate::error::Result;

pub(super) fn server(connection: &mut dyn Connection) -> Result<Server> {
    let row = ask::row(connection, "SELECT current_setting('server_version'), pg_backend_pid()::text")?;
    let mut columns = row.into_iter().flatten();
    let version = columns.next().unwrap_or_default();
    // Behind the number stands who built it.
    let number = version.split_whitespace().next().unwrap_or_default();
    Ok(Server { name: format!("postgres {number}"), backend: columns.next() })
}

/// Of an index how much is built; of any statement whom it waits for.
pub(super) fn advance(backend: &str, connection: &mut dyn Connection) -> Result<Advance> {
    let sql = format!(
        "SELECT p.phase, CASE WHEN p.blocks_total > 0 THEN 100 * p.blocks_done / p.blocks_total \
         WHEN p.tuples_total > 0 THEN 100 * p.tuples_done / p.tuples_total END, \
         (SELECT {DESCRIPTION} FROM pg_stat_activity a WHERE a.pid = coalesce((pg_blocking_pids(b.pid))[1], p.current_locker_pid::int)) \
         FROM (SELECT {backend}::int AS pid) b LEFT JOIN pg_stat_progress_create_index p ON p.pid = b.pid"
    );
    let mut columns = ask::row(connection, &sql)?.into_iter();
    let mut next = || columns.next().flatten();
    Ok(Advance { phase: next(), percent: next().and_then(|percent| percent.parse().ok()), blocked_by: next() })
}
