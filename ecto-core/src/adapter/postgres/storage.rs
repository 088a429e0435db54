//! Creating, finding and dropping a database, by way of another one of the same server.

use postgres::Client;

use super::runtime::{blocking, drop_blocking};
use super::{PostgresAdapter, fault};
use crate::adapter::{Storage, StorageStatus};
use crate::error::Result;

/// A database that every server has.
const MAINTENANCE: &str = "postgres";

impl Storage for PostgresAdapter {
    fn status(&self) -> Result<StorageStatus> {
        self.at_server(|client, name| Ok(if exists(client, name)? { StorageStatus::Up } else { StorageStatus::Down }))
    }

    fn create(&self) -> Result<bool> {
        self.at_server(|client, name| {
            if exists(client, name)? {
                return Ok(false);
            }
            client.batch_execute(&format!("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0", quoted(name)))?;
            Ok(true)
        })
    }

    fn drop(&self, force: bool) -> Result<bool> {
        self.at_server(|client, name| {
            if !exists(client, name)? {
                return Ok(false);
            }
            let force = if force { " WITH (FORCE)" } else { "" };
            client.batch_execute(&format!("DROP DATABASE {}{force}", quoted(name)))?;
            Ok(true)
        })
    }
}

impl PostgresAdapter {
    /// Does something beside the database, with its name.
    fn at_server<T: Send>(&self, act: impl FnOnce(&mut Client, &str) -> Result<T, postgres::Error> + Send) -> Result<T> {
        let mut client = self.door.open_other(MAINTENANCE)?;
        let outcome = blocking(|| act(&mut client, self.door.database()));
        drop_blocking(client);
        outcome.map_err(fault::error)
    }
}

fn exists(client: &mut Client, name: &str) -> Result<bool, postgres::Error> {
    client.query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).map(|row| row.is_some())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
