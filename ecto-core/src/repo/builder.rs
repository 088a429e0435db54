//! Choices about a database that are made once.

use std::sync::Arc;
use std::time::Duration;

use super::options::Options;
use super::scope::Scope;
use super::{Repo, Shared};
use crate::adapter::{self, Adapter, ConnectOptions, Pool, PoolOptions, Role};
use crate::error::Result;
use crate::telemetry::{Event, Listeners};

/// Made by [`Repo::builder`].
#[must_use = "a builder does nothing until `connect`"]
pub struct RepoBuilder {
    url: String,
    connect: ConnectOptions,
    pool: PoolOptions,
    listeners: Listeners,
    defaults: Options,
}

impl RepoBuilder {
    pub(super) fn new(url: &str) -> Self {
        RepoBuilder {
            url: url.to_owned(),
            connect: ConnectOptions::default(),
            pool: PoolOptions::default(),
            listeners: Listeners::new(),
            defaults: Options::default(),
        }
    }

    /// The most connections that are open at once, 10 if nothing else is said. On a SQLite file these read, and one more writes; a
    /// database in memory has one.
    pub fn pool_size(mut self, connections: usize) -> Self {
        self.pool.size = connections.max(1);
        self
    }

    /// How long to wait for a free connection, 15 seconds if nothing else is said.
    pub fn queue_timeout(mut self, limit: Duration) -> Self {
        self.pool.queue_timeout = limit;
        self
    }

    /// All choices about the pool.
    pub fn pool(mut self, options: PoolOptions) -> Self {
        self.pool = options;
        self
    }

    /// All choices about how connections are opened.
    pub fn connection(mut self, options: ConnectOptions) -> Self {
        self.connect = options;
        self
    }

    /// What holds for every call, unless [`Repo::with`] says otherwise.
    pub fn defaults(mut self, change: impl FnOnce(Options) -> Options) -> Self {
        self.defaults = change(self.defaults);
        self
    }

    /// Is told of every statement, with its text, its times and its parameters (those of redacted fields excepted).
    pub fn on_statement(self, listener: impl Fn(&Event<'_>) + Send + Sync + 'static) -> Self {
        self.listeners.add(listener);
        self
    }

    /// Opens the database, and one connection to it.
    ///
    /// # Errors
    /// When the URL is not understood, or the database cannot be reached, refuses the user, or does not exist.
    pub fn connect(self) -> Result<Repo> {
        let (adapter, pool) = adapter::open(&self.url, self.connect, self.pool)?;
        let repo = Repo::over(adapter, pool, self.listeners, self.defaults);
        repo.shared.pool.take(Role::Writer, None)?.finish()?;
        Ok(repo)
    }
}

impl Repo {
    /// A repo over an adapter of your own: of the recorder, in tests.
    #[must_use]
    pub fn with_adapter(adapter: Arc<dyn Adapter>) -> Self {
        Repo::over(adapter, PoolOptions::default(), Listeners::new(), Options::default())
    }

    fn over(adapter: Arc<dyn Adapter>, pool: PoolOptions, listeners: Listeners, options: Options) -> Self {
        let pool = Pool::new(Arc::clone(&adapter), pool);
        Repo { shared: Arc::new(Shared { adapter, pool, listeners }), scope: Scope::pool(), options }
    }
}
