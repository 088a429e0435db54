//! Where a PostgreSQL server is to be had: the one that `ECTO_TEST_POSTGRES_URL` names, else the one on this machine, else a
//! private cluster, started for this process and gone with it.
//!
//! A machine without PostgreSQL is no failure here: it is a reason, which the runner shows.

mod cluster;
mod databases;

pub use cluster::Fragile;
pub use databases::{Database, Databases};

use std::sync::OnceLock;
use std::time::Duration;

use postgres::{Client, Config, NoTls};

const LOCAL: &str = "postgres://postgres@127.0.0.1:5432/postgres";

/// A URL whose user may create databases, or the reason why there is none. Found once for each process.
///
/// # Errors
/// The reason, for a person to read.
pub fn url() -> Result<&'static str, &'static str> {
    static FOUND: OnceLock<Result<String, String>> = OnceLock::new();
    FOUND.get_or_init(find).as_deref().map_err(String::as_str)
}

fn find() -> Result<String, String> {
    if let Ok(url) = std::env::var("ECTO_TEST_POSTGRES_URL") {
        return connect(&url).map(|_| url).map_err(|error| format!("ECTO_TEST_POSTGRES_URL names a server that does not answer: {error}"));
    }
    match connect(LOCAL) {
        Ok(_) => Ok(LOCAL.to_owned()),
        Err(local) => cluster::start().map_err(|own| format!("no server on 127.0.0.1:5432 ({local}), and no private one ({own})")),
    }
}

/// Opens a session with the driver alone, for what has to be done around the library.
///
/// # Errors
/// What the driver said.
pub fn connect(url: &str) -> Result<Client, postgres::Error> {
    let mut config: Config = url.parse()?;
    config.connect_timeout(Duration::from_secs(5));
    config.connect(NoTls)
}

/// Must there be a server? Set by continuous integration.
#[must_use]
pub fn is_required() -> bool {
    std::env::var("ECTO_REQUIRE_POSTGRES").is_ok_and(|value| value == "1")
}
