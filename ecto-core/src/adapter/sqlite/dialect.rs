//! What SQLite writes differently.

use super::CAPABILITIES;
use crate::adapter::sql::{Dialect, Numbered, SqliteQueryBuilder, Tree};
use crate::capability::Capabilities;
use crate::types::Kind;

/// SQLite's SQL.
pub(super) struct SqliteDialect;

/// There is only one.
pub(super) static DIALECT: SqliteDialect = SqliteDialect;

impl Dialect for SqliteDialect {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn placeholder(&self) -> char {
        '?'
    }

    fn cast_type(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Bool | Kind::I16 | Kind::I32 | Kind::I64 => "INTEGER",
            Kind::F32 | Kind::F64 => "REAL",
            Kind::Bytes => "BLOB",
            Kind::Text | Kind::Date | Kind::Time | Kind::NaiveDateTime | Kind::DateTime | Kind::Json | Kind::Uuid | Kind::Decimal => "TEXT",
        }
    }

    fn print(&self, tree: &Tree, out: &mut Numbered) {
        tree.print_with(SqliteQueryBuilder, out);
    }

    fn bytes_literal(&self, hex: &str) -> String {
        format!("x'{hex}'")
    }

    fn types_params(&self) -> bool {
        false
    }

    fn has_decimals(&self) -> bool {
        false
    }

    fn wants_limit_with_offset(&self) -> bool {
        true
    }
}
