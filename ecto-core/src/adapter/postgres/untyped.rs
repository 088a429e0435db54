//! The types that parameters are sent as where the server is not asked first.

use postgres::types::Type;

use crate::types::{Kind, Param};

/// The type of a parameter. A text, and NULL, are left to the server: they may become an enum.
pub(super) fn guess(param: Param<'_>) -> Type {
    match param {
        Param::Null | Param::Text(_) => Type::UNKNOWN,
        Param::Bool(_) => Type::BOOL,
        Param::I16(_) => Type::INT2,
        Param::I32(_) => Type::INT4,
        Param::I64(_) => Type::INT8,
        Param::F32(_) => Type::FLOAT4,
        Param::F64(_) => Type::FLOAT8,
        Param::Bytes(_) => Type::BYTEA,
        Param::Date(_) => Type::DATE,
        Param::Time(_) => Type::TIME,
        Param::NaiveDateTime(_) => Type::TIMESTAMP,
        Param::DateTime(_) => Type::TIMESTAMPTZ,
        Param::Json(_) => Type::JSONB,
        Param::Uuid(_) => Type::UUID,
        #[cfg(feature = "decimal")]
        Param::Decimal(_) => Type::NUMERIC,
        Param::List(list) => of_list(list.iter().find_map(crate::types::Value::kind)),
    }
}

fn of_list(elements: Option<Kind>) -> Type {
    match elements {
        None | Some(Kind::Text) => Type::TEXT_ARRAY,
        Some(Kind::Bool) => Type::BOOL_ARRAY,
        Some(Kind::I16) => Type::INT2_ARRAY,
        Some(Kind::I32) => Type::INT4_ARRAY,
        Some(Kind::I64) => Type::INT8_ARRAY,
        Some(Kind::F32) => Type::FLOAT4_ARRAY,
        Some(Kind::F64) => Type::FLOAT8_ARRAY,
        Some(Kind::Bytes) => Type::BYTEA_ARRAY,
        Some(Kind::Date) => Type::DATE_ARRAY,
        Some(Kind::Time) => Type::TIME_ARRAY,
        Some(Kind::NaiveDateTime) => Type::TIMESTAMP_ARRAY,
        Some(Kind::DateTime) => Type::TIMESTAMPTZ_ARRAY,
        Some(Kind::Json) => Type::JSONB_ARRAY,
        Some(Kind::Uuid) => Type::UUID_ARRAY,
        Some(Kind::Decimal) => Type::NUMERIC_ARRAY,
    }
}
