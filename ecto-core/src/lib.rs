//! An embedded data mapper and migration toolkit over SQLite and PostgreSQL.

pub mod adapter;
pub mod capability;
mod error;
pub mod query;
pub mod schema;
pub mod types;

pub use error::{Error, Result, Violation, ViolationKind};
