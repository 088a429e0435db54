//! What PostgreSQL's DDL writes differently.

use std::time::Duration;

use crate::adapter::sql::ddl::{DdlDialect, quote_table, string};
use crate::capability::{StructureCapabilities, Syntax};
use crate::ddl::{Column, TableName, Type};
use crate::error::Lack;

/// PostgreSQL's DDL.
pub(crate) struct PostgresDdl;

const CAPABILITIES: StructureCapabilities = StructureCapabilities {
    database: "PostgreSQL",
    longest_name: Some(63),
    alters_freely: true,
    alters_at_once: true,
    prefixes: true,
    cascade: true,
    comments: true,
    partial_actions: true,
    exclusions: true,
    unvalidated: true,
    index_options: true,
    match_full: true,
    renames_indexes: true,
    serial_is_key: false,
    size_by_check: false,
};

const SYNTAX: Syntax = Syntax { dollar_and_escape_strings: true, nested_comments: true, bracket_and_backtick_names: false };

/// How long a [`Type::String`] may be unless it says so: what Ecto makes it.
const STRING_SIZE: u32 = 255;
/// Points in time are kept in microseconds, which is what the library reads and writes.
const TIME_PRECISION: u32 = 6;

impl DdlDialect for PostgresDdl {
    fn capabilities(&self) -> &'static StructureCapabilities {
        &CAPABILITIES
    }

    fn syntax(&self) -> &'static Syntax {
        &SYNTAX
    }

    fn column_type(&self, column: &Column) -> Result<String, Lack> {
        Ok(type_name(&column.kind, column))
    }

    fn bytes(&self, hexadecimal: &str) -> String {
        format!("'\\x{hexadecimal}'")
    }

    fn table_exists(&self, table: &TableName) -> String {
        format!("SELECT 1 FROM pg_catalog.pg_class WHERE oid = to_regclass({})", string(&quote_table(table)))
    }

    fn history_types(&self) -> [&'static str; 2] {
        ["bigint", "timestamp(0)"]
    }

    fn lock_timeout(&self, limit: Option<Duration>) -> String {
        match limit {
            Some(limit) => format!("SET lock_timeout = {}", limit.as_millis()),
            None => "RESET lock_timeout".into(),
        }
    }
}

fn type_name(kind: &Type, column: &Column) -> String {
    let seconds = column.precision.unwrap_or(TIME_PRECISION);
    match kind {
        Type::String => format!("varchar({})", column.size.unwrap_or(STRING_SIZE)),
        Type::Text => "text".into(),
        Type::Integer => "integer".into(),
        Type::BigInteger => "bigint".into(),
        Type::SmallInteger => "smallint".into(),
        Type::Serial => "serial".into(),
        Type::BigSerial => "bigserial".into(),
        Type::Boolean => "boolean".into(),
        Type::Float => "double precision".into(),
        Type::Decimal => with_digits("numeric", column),
        Type::Binary => "bytea".into(),
        Type::Date => "date".into(),
        Type::Time => format!("time({seconds})"),
        Type::NaiveDateTime => format!("timestamp({seconds})"),
        Type::UtcDateTime => format!("timestamptz({seconds})"),
        Type::Json => "jsonb".into(),
        Type::Uuid => "uuid".into(),
        Type::Array(element) => format!("{}[]", type_name(element, column)),
        Type::Custom(name) => match column.size {
            Some(size) => format!("{name}({size})"),
            None => with_digits(name, column),
        },
    }
}

fn with_digits(name: &str, column: &Column) -> String {
    match (column.precision, column.scale) {
        (Some(precision), Some(scale)) => format!("{name}({precision},{scale})"),
        (Some(precision), None) => format!("{name}({precision})"),
        (None, _) => name.into(),
    }
}
