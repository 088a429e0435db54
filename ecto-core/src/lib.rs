//! An embedded data mapper and migration toolkit over SQLite and PostgreSQL.

pub mod adapter;
pub mod association;
pub mod capability;
pub mod changeset;
pub mod ddl;
mod error;
pub mod migration;
pub mod prelude;
