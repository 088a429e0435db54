//! One database open twice: by a repo, and by hand.

use std::path::PathBuf;
use std::process;

use ecto_core::prelude::*;

use crate::fill::filled;
use crate::floor::{self, Floor};

const LOCAL: &str = "postgres://postgres@127.0.0.1:5432/postgres";

/// What the cases run on.
pub struct Database {
    pub name: &'static str,
    pub url: String,
    pub repo: Repo,
    pub floor: Box<dyn Floor>,
    /// Which of two budgets holds.
    is_file: bool,
    // Dropped after both have been closed.
    _place: Place,
}

/// Where the data is, so that it can be removed.
enum Place {
    Folder(PathBuf),
    Server { url: String, name: String },
}

impl Database {
    /// A file in a temporary folder.
    pub fn sqlite() -> std::result::Result<Self, String> {
        let folder = std::env::temp_dir().join(format!("ecto-benches-{}", process::id()));
        std::fs::create_dir_all(&folder).map_err(|error| format!("SQLite: {error}"))?;
        let file = folder.join("bench.db");
        let url = format!("sqlite://{}", file.display());
        let repo = filled(&url)?;
        let floor = floor::Sqlite::open(&file).map_err(|error| format!("SQLite: {error}"))?;
        Ok(Database { name: "SQLite", url, repo, floor: Box::new(floor), is_file: true, _place: Place::Folder(folder) })
    }

    /// A database of its own on a server.
    pub fn postgres() -> std::result::Result<Self, String> {
        let url = std::env::var("ECTO_TEST_POSTGRES_URL").unwrap_or_else(|_unset| LOCAL.to_owned());
        let name = format!("ecto_benches_{}", process::id());
        on_server(&url, &format!("CREATE DATABASE {name}"))?;
        let place = Place::Server { url: url.clone(), name: name.clone() };
        let own = format!("{}/{name}", url.rsplit_once('/').map_or(url.as_str(), |(server, _)| server));
        // The floor sends nothing through TLS either.
        let without_tls = format!("{own}?sslmode=disable");
        let repo = filled(&without_tls)?;
        on_server(&own, "VACUUM ANALYZE")?;
        let floor = floor::Postgres::open(&own).map_err(|error| format!("PostgreSQL: {error}"))?;
        Ok(Database { name: "PostgreSQL", url: without_tls, repo, floor: Box::new(floor), is_file: false, _place: place })
    }

    /// The budget for this database.
    pub fn budget(&self, sqlite: f64, postgres: f64) -> f64 {
        if self.is_file { sqlite } else { postgres }
    }
}

fn on_server(url: &str, sql: &str) -> std::result::Result<(), String> {
    let mut client = postgres::Client::connect(url, postgres::NoTls).map_err(|error| format!("PostgreSQL: {error}"))?;
    client.batch_execute(sql).map_err(|error| format!("PostgreSQL: {error}"))
}

impl Drop for Place {
    fn drop(&mut self) {
        match self {
            Place::Folder(folder) => drop(std::fs::remove_dir_all(folder)),
            Place::Server { url, name } => drop(on_server(url, &format!("DROP DATABASE {name} WITH (FORCE)"))),
        }
    }
}
