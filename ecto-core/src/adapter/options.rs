//! What can be chosen about a database's connections, by builder or by URL.

use std::time::Duration;

/// How connections are opened. What only one database knows is passed over by the other.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConnectOptions {
    /// How many statements each connection keeps prepared.
    pub statement_cache: usize,
    /// SQLite: how long a write waits for another connection's lock.
    pub busy_timeout: Duration,
    /// SQLite: keep a statement's plan whatever is bound to it (`SQLITE_DBCONFIG_ENABLE_QPSG`). Off, SQLite prepares a kept statement again at each
    /// use of a bound LIMIT or range; on, a bound value cannot choose a partial index.
    pub stable_plans: bool,
    /// PostgreSQL: keep named prepared statements. Off for PgBouncer in transaction mode.
    pub prepare: bool,
    /// PostgreSQL: how long to wait for a connection to open.
    pub connect_timeout: Duration,
    /// PostgreSQL: the name that `pg_stat_activity` shows.
    pub application_name: Option<String>,
    /// PostgreSQL: the server stops a statement after so long.
    pub statement_timeout: Option<Duration>,
}

impl Default for ConnectOptions {
    fn default() -> Self {
        ConnectOptions {
            statement_cache: super::statements::DEFAULT_CAPACITY,
            busy_timeout: Duration::from_secs(5),
            stable_plans: true,
            prepare: true,
            connect_timeout: Duration::from_secs(5),
            application_name: None,
            statement_timeout: None,
        }
    }
}

/// How many connections a pool keeps, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PoolOptions {
    /// The most connections that are open at once. On a SQLite file the one that writes is apart from these.
    pub size: usize,
    /// How long to wait for a free one.
    pub queue_timeout: Duration,
    /// One that was not used for so long is asked for a sign of life before it is lent.
    pub check_after: Duration,
    /// One that was not used for so long is closed.
    pub idle_limit: Option<Duration>,
    /// One that was opened so long ago is closed when it is given back.
    pub max_lifetime: Option<Duration>,
}

impl Default for PoolOptions {
    fn default() -> Self {
        PoolOptions {
            size: 10,
            queue_timeout: Duration::from_secs(15),
            check_after: Duration::from_secs(30),
            idle_limit: Some(Duration::from_secs(600)),
            max_lifetime: Some(Duration::from_secs(1800)),
        }
    }
}
