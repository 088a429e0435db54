//! What SQLite's DDL writes differently.
//!
//! The names of types decide how SQLite converts what it stores. Exact numbers are TEXT, since any numeric affinity would make
//! floats of them; points in time, UUIDs and JSON are TEXT; booleans are INTEGER. A key that is counted up is
//! `INTEGER PRIMARY KEY AUTOINCREMENT`: the rowid itself, and never a number again that a deleted row had.

use std::borrow::Cow;

use sqlparser::dialect::SQLiteDialect;

use crate::adapter::sql::ddl::{DdlDialect, Grammar, SharedGrammar, string};
use crate::capability::{StructureCapabilities, Syntax};
use crate::ddl::{Column, TableName, Type};
use crate::error::Lack;

/// SQLite's DDL.
pub(crate) struct SqliteDdl;

const CAPABILITIES: StructureCapabilities = StructureCapabilities {
    database: "SQLite",
    longest_name: None,
    alters_at_once: false,
    prefixes: false,
    cascade: false,
    comment_statements: false,
    enum_types: false,
    virtual_columns: true,
    identities: false,
    unlogged: false,
    partial_actions: false,
    exclusions: false,
    unvalidated: false,
    index_options: false,
    match_full: false,
    serial_is_key: true,
    size_by_check: true,
};

const SYNTAX: Syntax =
    Syntax { dollar_and_escape_strings: false, nested_comments: false, bracket_and_backtick_names: true, lower_case_names: false };

impl DdlDialect for SqliteDdl {
    fn capabilities(&self) -> &'static StructureCapabilities {
        &CAPABILITIES
    }

    fn syntax(&self) -> &'static Syntax {
        &SYNTAX
    }

    fn grammars(&self) -> Vec<Box<dyn Grammar>> {
        vec![Box::new(SharedGrammar {}), Box::new(SQLiteDialect {})]
    }

    fn column_type<'c>(&self, column: &'c Column) -> Result<Cow<'c, str>, Lack> {
        Ok(match &column.kind {
            Type::Integer | Type::BigInteger | Type::SmallInteger | Type::Serial | Type::BigSerial | Type::Identity | Type::Boolean => {
                "INTEGER".into()
            }
            Type::Float => "REAL".into(),
            Type::Binary => "BLOB".into(),
            Type::String | Type::Text | Type::Decimal | Type::Json | Type::Uuid => "TEXT".into(),
            Type::Date | Type::Time | Type::NaiveDateTime | Type::UtcDateTime | Type::Duration | Type::Enum(_) => "TEXT".into(),
            Type::Array(_) => return Err(Lack::Array),
            Type::Custom(name) => name.into(),
        })
    }

    fn serial_key(&self) -> Option<&'static str> {
        Some("INTEGER PRIMARY KEY AUTOINCREMENT")
    }

    fn bytes(&self, hexadecimal: &str) -> String {
        format!("X'{hexadecimal}'")
    }

    fn table_exists(&self, table: &TableName) -> String {
        format!("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = {}", string(&table.name))
    }

    fn history_types(&self) -> [&'static str; 2] {
        ["INTEGER", "TEXT"]
    }
}
