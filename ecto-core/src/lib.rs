//! An embedded data mapper and migration toolkit over SQLite and PostgreSQL, in the spirit of Elixir's Ecto.
//!
//! Four nouns hold it. A [`Schema`](macro@Schema) says what a row is, a [`Changeset`](changeset::Changeset) how a row may change and why a change
//! was refused, a [`Query`](query::Query) what to read, a [`Repo`] where. A fifth, the [`Migration`](migration::Migration), says how the tables
//! came to be. The same program runs on both databases, with the same results.
//!
//! ```
//! use ecto_core::prelude::*;
//!
//! #[derive(Schema, Changeset, Debug)]
//! #[schema(table = "users", timestamps)]
//! struct User {
//!     id: i64,
//!     #[changeset(required)]
//!     name: String,
//!     #[changeset(required, format = "@", unique)]
//!     email: String,
//!     inserted_at: DateTime<Utc>,
//!     updated_at: DateTime<Utc>,
//! }
//!
//! struct CreateUsers;
//! impl Migration for CreateUsers {
//!     fn change(&self, m: &mut Change) {
//!         m.create_table("users", |t| {
//!             t.add("name", Type::String).not_null();
//!             t.add("email", Type::String).not_null();
//!             t.timestamps();
//!         });
//!         m.create_unique_index("users", ["email"]);
//!     }
//! }
//!
//! # fn main() -> Result<()> {
//! let repo = Repo::connect("sqlite::memory:")?;
//! repo.migrate(&Migrations::new().add(20261122093000, "create_users", CreateUsers))?;
//!
//! let al = repo.insert(User::changeset(Changeset::new(), [("name", "Al"), ("email", "al@example.com")]))?;
//!
//! // What a user did wrong is an error of a field, also when only the database can know it.
//! match repo.insert(User::changeset(Changeset::new(), [("name", "Al"), ("email", "al@example.com")])) {
//!     Err(WriteError::Invalid(changeset)) => assert_eq!(changeset.errors()[0].to_string(), "email has already been taken"),
//!     other => panic!("expected a refusal, found {other:?}"),
//! }
//!
//! let named_al: Vec<String> = repo.all(&User::query().filter(|u| u.name.like("A%")).select(|u| u.email))?;
//! assert_eq!(named_al, [al.email]);
//! # Ok(())
//! # }
//! ```
//!
//! Where to read next: [`schema`] for fields, keys and associations; [`changeset`] for casting, validations and constraints;
//! [`query`] for filters, selections and aggregates; [`Repo`] for everything that touches a database; [`migration`] for tables.
//!
//! # Features
//!
//! `sqlite` (on by default) and `postgres` are the databases; `uuid`, `decimal` and `json` are the column types `uuid::Uuid`,
//! `rust_decimal::Decimal` and `serde_json::Value`.

// With both databases on, as they are where this crate is tested, nothing is unused.
#![cfg_attr(not(all(feature = "sqlite", feature = "postgres")), allow(dead_code, unused_imports, reason = "for the database that is off"))]

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

pub use ecto_macros::{Changeset, Projection, Record, Schema, SqlType, embed_migrations, migrations};
pub use error::{Error, Result, Violation, ViolationKind};
pub use repo::Repo;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
