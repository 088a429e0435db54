//! What PostgreSQL writes differently.

use super::CAPABILITIES;
use crate::adapter::sql::{Dialect, Numbered, PostgresQueryBuilder, Tree};
use crate::capability::Capabilities;
use crate::types::Kind;

/// PostgreSQL's SQL.
pub(super) struct PostgresDialect;

/// There is only one.
pub(super) static DIALECT: PostgresDialect = PostgresDialect;

impl Dialect for PostgresDialect {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn placeholder(&self) -> char {
        '$'
    }

    fn cast_type(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Bool => "boolean",
            Kind::I16 => "smallint",
            Kind::I32 => "integer",
            Kind::I64 => "bigint",
            Kind::F32 => "real",
            Kind::F64 => "double precision",
            Kind::Text => "text",
            Kind::Bytes => "bytea",
            Kind::Date => "date",
            Kind::Time => "time",
            Kind::NaiveDateTime => "timestamp",
            Kind::DateTime => "timestamptz",
            Kind::Json => "jsonb",
            Kind::Uuid => "uuid",
            Kind::Decimal => "numeric",
        }
    }

    fn print(&self, tree: &Tree, out: &mut Numbered) {
        tree.print_with(PostgresQueryBuilder, out);
    }

    fn bytes_literal(&self, hex: &str) -> String {
        format!("'\\x{hex}'::bytea")
    }

    /// The sum of `bigint`s is a `numeric` there, and too large a one is an error here as there.
    fn sum_type(&self, kind: Kind) -> Option<&'static str> {
        (kind == Kind::I64).then_some("bigint")
    }

    /// The mean of integers is a `numeric` there.
    fn mean_type(&self, kind: Kind) -> Option<&'static str> {
        matches!(kind, Kind::I16 | Kind::I32 | Kind::I64).then_some("double precision")
    }

    fn ilike(&self) -> Option<&'static str> {
        Some("ILIKE")
    }
}
