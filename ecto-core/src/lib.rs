//! An embedded data mapper and migration toolkit over SQLite and PostgreSQL.

pub mod adapter;
pub mod association;
pub mod capability;
pub mod changeset;
pub mod ddl;
mod error;
pub mod migration;
pub mod prelude;
pub mod query;
pub mod repo;
pub mod schema;
pub mod telemetry;
pub mod types;

pub use ecto_macros::{Changeset, Projection, Record, Schema, SqlType, migrations};
pub use error::{Error, Result, Violation, ViolationKind};
pub use repo::Repo;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
