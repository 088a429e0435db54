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
    /// A bulk insert is one statement, so that it needs no transaction around it to be all or nothing.
    pub atomic_bulk: bool,
    /// Named schemas inside one database: `prefix`.
    pub prefixes: bool,
}

/// What one database can do to its structure. Each adapter has one constant of this type; what is `false` is refused before a migration runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct StructureCapabilities {
    /// The name that error texts use.
    pub database: &'static str,
    /// The longest name, in bytes, where longer ones are cut in silence.
    pub longest_name: Option<usize>,
    /// A table that is there can be altered in every way: types, defaults, foreign keys, keys. Otherwise only what needs no new table.
    pub alters_freely: bool,
    /// Several alterations stand in one statement.
    pub alters_at_once: bool,
    /// Named schemas inside one database.
    pub prefixes: bool,
    /// `CASCADE` when something is dropped.
    pub cascade: bool,
    /// `COMMENT ON`.
    pub comments: bool,
    /// `ON DELETE SET NULL (some, columns)`.
    pub partial_actions: bool,
    /// `EXCLUDE` constraints.
    pub exclusions: bool,
    /// `NOT VALID`.
    pub unvalidated: bool,
    /// `CONCURRENTLY`, `USING`, `ONLY`, `INCLUDE`, `NULLS NOT DISTINCT`, `NULLS FIRST` and `WITH` for indexes. Otherwise those are
    /// left out that make no difference, and those expressed in another way that can be.
    pub index_options: bool,
    /// `MATCH FULL`. Otherwise a check stands for it.
    pub match_full: bool,
    /// `ALTER INDEX … RENAME`.
    pub renames_indexes: bool,
    /// Only a primary key of one column is counted up; it is declared in one with the column.
    pub serial_is_key: bool,
    /// The length of text is kept by a check, as the type does not.
    pub size_by_check: bool,
}

/// How one database's SQL is cut into words: what a migration's file is split into statements by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Syntax {
    /// `$tag$ … $tag$` and `E'\''`.
    pub dollar_and_escape_strings: bool,
    /// `/* /* */ */`.
    pub nested_comments: bool,
    /// `[name]` and `` `name` ``.
    pub bracket_and_backtick_names: bool,
}
