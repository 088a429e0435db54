//! Databases of the suite's own on a server: lent to one case at a time, emptied in between, dropped at the end.

use std::process;
use std::sync::{Arc, Mutex, PoisonError};

use postgres::{Client, Error};

use super::connect;

/// All that this process has created on a server.
pub struct Databases {
    /// Whose user may create databases.
    server: String,
    free: Mutex<Vec<String>>,
    created: Mutex<Vec<String>>,
}

/// One of them, lent until it is dropped.
pub struct Database {
    url: String,
    home: Arc<Databases>,
}

impl Databases {
    /// On the server of this URL.
    #[must_use]
    pub fn on(server: &str) -> Arc<Self> {
        Arc::new(Databases { server: server.to_owned(), free: Mutex::default(), created: Mutex::default() })
    }

    /// An empty database that nobody else uses.
    ///
    /// # Errors
    /// What the driver said.
    pub fn lend(self: &Arc<Self>) -> Result<Database, Error> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let url = match free {
            Some(url) => empty(&url).map(|()| url)?,
            None => self.create()?,
        };
        Ok(Database { url, home: Arc::clone(self) })
    }

    fn create(&self) -> Result<String, Error> {
        let mut created = self.created.lock().unwrap_or_else(PoisonError::into_inner);
        let name = format!("ecto_suite_{}_{}", process::id(), created.len() + 1);
        let mut server = connect(&self.server)?;
        server.batch_execute(&format!("CREATE DATABASE {name}"))?;
        created.push(name.clone());
        // Nobody needs these rows after a crash, and most of the time of a case would go into waiting for the disk.
        server.batch_execute(&format!("ALTER DATABASE {name} SET synchronous_commit = off"))?;
        Ok(self.url_of(&name))
    }

    /// The server's URL with another database.
    #[must_use]
    pub fn url_of(&self, name: &str) -> String {
        let (before, parameters) =
            self.server.split_once('?').map_or((self.server.as_str(), String::new()), |(url, rest)| (url, format!("?{rest}")));
        let host_at = before.find("://").map_or(0, |at| at + 3);
        let path_at = before[host_at..].find('/').map_or(before.len(), |at| host_at + at);
        format!("{}/{name}{parameters}", &before[..path_at])
    }

    /// Drops all of them, whoever is still connected.
    ///
    /// # Errors
    /// What the driver said.
    pub fn drop_all(&self) -> Result<(), Error> {
        let created = std::mem::take(&mut *self.created.lock().unwrap_or_else(PoisonError::into_inner));
        if created.is_empty() {
            return Ok(());
        }
        let mut client = connect(&self.server)?;
        created.iter().try_for_each(|name| client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")))
    }
}

impl Database {
    /// How to reach it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.home.free.lock().unwrap_or_else(PoisonError::into_inner).push(self.url.clone());
    }
}

/// Ends other sessions and removes every schema, so that a case finds what a new database has.
fn empty(url: &str) -> Result<(), Error> {
    let mut client = connect(url)?;
    client.batch_execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )?;
    for schema in schemas(&mut client)? {
        client.batch_execute(&format!("DROP SCHEMA \"{schema}\" CASCADE"))?;
    }
    client.batch_execute("CREATE SCHEMA public")
}

fn schemas(client: &mut Client) -> Result<Vec<String>, Error> {
    let rows =
        client.query("SELECT nspname::text FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'", &[])?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}
