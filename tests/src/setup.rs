//! How each database is reached.

mod postgres;
mod sqlite;

use std::any::Any;
use std::error::Error;

pub use postgres::Postgres;
pub use sqlite::Sqlite;

/// One database, and how to get an empty one of it for each case.
pub trait Setup: Send + Sync + 'static {
    /// What it is called.
    fn database(&self) -> &'static str;

    /// How its SQL spells what differs, by the names that cases use: `key=bigserial PRIMARY KEY; instant=timestamptz; 1=$1`.
    fn words(&self) -> &'static str;

    /// An empty database that no other case uses: its URL, and what goes when the case ends.
    ///
    /// # Errors
    /// When it cannot be had.
    fn empty_database(&self) -> Result<(String, Box<dyn Any + Send + Sync>), Box<dyn Error + Send + Sync>>;

    /// Cleans up after all cases.
    fn finish(&self) {}
}
