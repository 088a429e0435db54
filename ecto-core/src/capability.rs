//! What a database can do, as plain data. Imports nothing, so that any layer may ask.
//!
//! `query/plan/check.rs` refuses what a database lacks with a typed error before anything is sent; nobody asks a database for its name.

/// What one database can do. Each adapter has one constant of this type; a flag that is `false` has a refusal with a way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capabilities {
    /// The name that error texts use: `SQLite`, `PostgreSQL`.
    pub database: &'static str,
    /// `SELECT … FOR UPDATE` and its kin.
    pub row_locks: bool,
    /// A list is one array parameter (`= ANY($1)`); otherwise it is expanded in the text.
    pub array_params: bool,
    /// `DISTINCT ON (…)`.
    pub distinct_on: bool,
    /// `ILIKE`.
    pub ilike: bool,
    /// Named schemas inside one database: `prefix`.
    pub prefixes: bool,
}
