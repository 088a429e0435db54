//! The names of attributes, written once: what is parsed, what is suggested, and what the error texts say.

/// The attribute of `derive(Schema)` and `derive(Record)`.
pub const SCHEMA: &str = "schema";
/// The attribute of `derive(Changeset)`.
pub const CHANGESET: &str = "changeset";
/// The attribute of `derive(SqlType)`.
pub const SQL_TYPE: &str = "sql_type";
/// The attribute of `derive(Projection)`.
pub const PROJECTION: &str = "projection";

pub const TABLE: &str = "table";
pub const TIMESTAMPS: &str = "timestamps";
pub const CONSTS: &str = "consts";
pub const CRATE: &str = "crate";
pub const PRIMARY_KEY: &str = "primary_key";

pub const INSERTED_AT: &str = "inserted_at";
pub const UPDATED_AT: &str = "updated_at";

pub const SOURCE: &str = "source";
pub const DEFAULT: &str = "default";
pub const VIRTUAL: &str = "virtual";
pub const REDACT: &str = "redact";
pub const READ_AFTER_WRITES: &str = "read_after_writes";
pub const AUTOGENERATE: &str = "autogenerate";
pub const WRITABLE: &str = "writable";
pub const HAS_MANY: &str = "has_many";
pub const HAS_ONE: &str = "has_one";
pub const BELONGS_TO: &str = "belongs_to";
pub const FOREIGN_KEY: &str = "foreign_key";
pub const REFERENCES: &str = "references";
pub const MANY_TO_MANY: &str = "many_to_many";
pub const JOIN_THROUGH: &str = "join_through";
pub const JOIN_KEYS: &str = "join_keys";
pub const THROUGH: &str = "through";

pub const RENAME_ALL: &str = "rename_all";
pub const RENAME: &str = "rename";

pub const CAST: &str = "cast";
pub const REQUIRED: &str = "required";
pub const FORMAT: &str = "format";
pub const LENGTH: &str = "length";
pub const NUMBER: &str = "number";
pub const INCLUSION: &str = "inclusion";
pub const EXCLUSION: &str = "exclusion";
pub const CONFIRMATION: &str = "confirmation";
pub const ACCEPTANCE: &str = "acceptance";
pub const UNIQUE: &str = "unique";
pub const CHECK: &str = "check";
pub const MESSAGE: &str = "message";

/// What may stand in `length(..)`.
pub const LENGTHS: &[&str] = &["min", "max", "is"];
/// What may stand in `number(..)`.
pub const NUMBERS: &[&str] =
    &["greater_than", "greater_than_or_equal_to", "less_than", "less_than_or_equal_to", "equal_to", "not_equal_to"];

/// What may stand on a field with `derive(Changeset)`.
pub const ON_CHANGESET_FIELD: &[&str] =
    &[CAST, REQUIRED, FORMAT, LENGTH, NUMBER, INCLUSION, EXCLUSION, CONFIRMATION, ACCEPTANCE, UNIQUE, FOREIGN_KEY, CHECK, MESSAGE];
/// What may stand on a struct with `derive(Schema)`.
pub const ON_SCHEMA: &[&str] = &[TABLE, TIMESTAMPS, PRIMARY_KEY, CONSTS, CRATE];
/// What may stand on a struct with `derive(Record)`.
pub const ON_RECORD: &[&str] = &[CONSTS, CRATE];
/// What may stand on a field of a schema.
pub const ON_FIELD: &[&str] = &[
    SOURCE,
    DEFAULT,
    VIRTUAL,
    REDACT,
    READ_AFTER_WRITES,
    PRIMARY_KEY,
    AUTOGENERATE,
    WRITABLE,
    HAS_MANY,
    HAS_ONE,
    BELONGS_TO,
    FOREIGN_KEY,
    REFERENCES,
    MANY_TO_MANY,
    JOIN_THROUGH,
    JOIN_KEYS,
    THROUGH,
];
/// What may stand on a field of a record without a table.
pub const ON_RECORD_FIELD: &[&str] = &[DEFAULT, REDACT];
/// What may stand on an enum with `derive(SqlType)`.
pub const ON_ENUM: &[&str] = &[RENAME_ALL, CRATE];
