//! Which of the formats we know a server's type has.

use postgres::types::{Kind, Type};

/// A binary format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wire {
    Bool,
    Int2,
    Int4,
    Int8,
    Oid,
    Float4,
    Float8,
    Numeric,
    Text,
    Bytes,
    Date,
    Time,
    Timestamp,
    TimestampTz,
    Json,
    Jsonb,
    Uuid,
    Array,
    /// `void`, the result of a function that returns nothing.
    Void,
    /// One that is not read here.
    Other,
}

impl Wire {
    /// The format of a type. Enums and `citext` are text; a domain is what lies under it.
    #[inline]
    pub(super) fn of(ty: &Type) -> Wire {
        match *ty {
            Type::BOOL => Wire::Bool,
            Type::INT2 => Wire::Int2,
            Type::INT4 => Wire::Int4,
            Type::INT8 => Wire::Int8,
            Type::FLOAT4 => Wire::Float4,
            Type::FLOAT8 => Wire::Float8,
            Type::NUMERIC => Wire::Numeric,
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN | Type::XML => Wire::Text,
            Type::BYTEA => Wire::Bytes,
            Type::DATE => Wire::Date,
            Type::TIME => Wire::Time,
            Type::TIMESTAMP => Wire::Timestamp,
            Type::TIMESTAMPTZ => Wire::TimestampTz,
            Type::JSON => Wire::Json,
            Type::JSONB => Wire::Jsonb,
            Type::UUID => Wire::Uuid,
            _ => Wire::of_other(ty),
        }
    }

    #[cold]
    fn of_other(ty: &Type) -> Wire {
        match ty.kind() {
            _ if matches!(*ty, Type::OID | Type::REGCLASS | Type::REGTYPE | Type::XID) => Wire::Oid,
            _ if *ty == Type::VOID => Wire::Void,
            _ if *ty == Type::CHAR => Wire::Text,
            Kind::Enum(_) => Wire::Text,
            Kind::Domain(inner) => Wire::of(inner),
            Kind::Array(_) => Wire::Array,
            _ if ty.name() == "citext" => Wire::Text,
            _ => Wire::Other,
        }
    }

    /// What an error calls it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Wire::Bool => "a `boolean`",
            Wire::Int2 => "a `smallint`",
            Wire::Int4 => "an `integer`",
            Wire::Int8 => "a `bigint`",
            Wire::Oid => "an `oid`",
            Wire::Float4 => "a `real`",
            Wire::Float8 => "a `double precision`",
            Wire::Numeric => "a `numeric`",
            Wire::Text => "a `text`",
            Wire::Bytes => "a `bytea`",
            Wire::Date => "a `date`",
            Wire::Time => "a `time`",
            Wire::Timestamp => "a `timestamp`",
            Wire::TimestampTz => "a `timestamptz`",
            Wire::Json => "a `json`",
            Wire::Jsonb => "a `jsonb`",
            Wire::Uuid => "a `uuid`",
            Wire::Array => "an array",
            Wire::Void => "a `void`",
            Wire::Other => "a type without a Rust counterpart",
        }
    }
}
