//! The one runtime value, owned and borrowed, and the kinds it comes in.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

/// How a scalar is stored and sent: what both adapters know how to bind and to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each name says it")]
pub enum Kind {
    Bool,
    I16,
    I32,
    I64,
    F32,
    F64,
    Text,
    Bytes,
    Date,
    Time,
    /// A date and time without a zone.
    NaiveDateTime,
    /// A point in time, in UTC.
    DateTime,
    Json,
    Uuid,
    Decimal,
}

/// A value whose type is known at run time only: a change of a changeset, a parameter of a statement.
///
/// A value of a column's Rust type has one form: an `i32` is always `I32`, whatever the width of the column. `PartialEq` is the equality
/// of [T-08]: decimals compare by number, times by instant, NULL equals NULL only.
///
/// [T-08]: https://hexdocs.pm/ecto/Ecto.Type.html
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each name says it")]
pub enum Value {
    Null,
    Bool(bool),
    I16(i16),
    I32(i32),
    I64(i64),
    F32(f32),
    F64(f64),
    /// Borrowed for the names of derived enums, which therefore cost no allocation.
    Text(Cow<'static, str>),
    Bytes(Box<[u8]>),
    Date(NaiveDate),
    Time(NaiveTime),
    NaiveDateTime(NaiveDateTime),
    DateTime(DateTime<Utc>),
    Json(Box<serde_json::Value>),
    Uuid([u8; 16]),
    #[cfg(feature = "decimal")]
    Decimal(rust_decimal::Decimal),
    /// Values of one kind: the right side of `in_`.
    List(Box<[Value]>),
}

const _: () = assert!(size_of::<Value>() == 24, "a Value grew: statements and changesets keep them inline");

/// A [`Value`] that borrows its text: what an adapter binds.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each name says it")]
pub enum Param<'a> {
    Null,
    Bool(bool),
    I16(i16),
    I32(i32),
    I64(i64),
    F32(f32),
    F64(f64),
    Text(&'a str),
    Bytes(&'a [u8]),
    Date(NaiveDate),
    Time(NaiveTime),
    NaiveDateTime(NaiveDateTime),
    DateTime(DateTime<Utc>),
    Json(&'a serde_json::Value),
    Uuid([u8; 16]),
    #[cfg(feature = "decimal")]
    Decimal(rust_decimal::Decimal),
    List(&'a [Value]),
}

impl Value {
    /// NULL?
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// The same value, borrowed.
    #[inline]
    #[must_use]
    pub fn as_param(&self) -> Param<'_> {
        match self {
            Value::Null => Param::Null,
            Value::Bool(x) => Param::Bool(*x),
            Value::I16(x) => Param::I16(*x),
            Value::I32(x) => Param::I32(*x),
            Value::I64(x) => Param::I64(*x),
            Value::F32(x) => Param::F32(*x),
            Value::F64(x) => Param::F64(*x),
            Value::Text(x) => Param::Text(x),
            Value::Bytes(x) => Param::Bytes(x),
            Value::Date(x) => Param::Date(*x),
            Value::Time(x) => Param::Time(*x),
            Value::NaiveDateTime(x) => Param::NaiveDateTime(*x),
            Value::DateTime(x) => Param::DateTime(*x),
            Value::Json(x) => Param::Json(x),
            Value::Uuid(x) => Param::Uuid(*x),
            #[cfg(feature = "decimal")]
            Value::Decimal(x) => Param::Decimal(*x),
            Value::List(x) => Param::List(x),
        }
    }

    /// What kind of value it is; `None` for NULL, the kind of the elements for a list.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        Some(match self {
            Value::Null => return None,
            Value::Bool(_) => Kind::Bool,
            Value::I16(_) => Kind::I16,
            Value::I32(_) => Kind::I32,
            Value::I64(_) => Kind::I64,
            Value::F32(_) => Kind::F32,
            Value::F64(_) => Kind::F64,
            Value::Text(_) => Kind::Text,
            Value::Bytes(_) => Kind::Bytes,
            Value::Date(_) => Kind::Date,
            Value::Time(_) => Kind::Time,
            Value::NaiveDateTime(_) => Kind::NaiveDateTime,
            Value::DateTime(_) => Kind::DateTime,
            Value::Json(_) => Kind::Json,
            Value::Uuid(_) => Kind::Uuid,
            #[cfg(feature = "decimal")]
            Value::Decimal(_) => Kind::Decimal,
            Value::List(list) => return list.first().and_then(Value::kind),
        })
    }

    /// What an error calls it: the variant and, for what cannot be long or secret, nothing more.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::Null => "NULL",
            Value::List(_) => "a list",
            other => other.kind().map_or("NULL", Kind::name),
        }
    }
}

/// A copy of its own.
impl From<Param<'_>> for Value {
    fn from(param: Param<'_>) -> Self {
        match param {
            Param::Null => Value::Null,
            Param::Bool(x) => Value::Bool(x),
            Param::I16(x) => Value::I16(x),
            Param::I32(x) => Value::I32(x),
            Param::I64(x) => Value::I64(x),
            Param::F32(x) => Value::F32(x),
            Param::F64(x) => Value::F64(x),
            Param::Text(x) => Value::Text(x.to_owned().into()),
            Param::Bytes(x) => Value::Bytes(x.into()),
            Param::Date(x) => Value::Date(x),
            Param::Time(x) => Value::Time(x),
            Param::NaiveDateTime(x) => Value::NaiveDateTime(x),
            Param::DateTime(x) => Value::DateTime(x),
            Param::Json(x) => Value::Json(Box::new(x.clone())),
            Param::Uuid(x) => Value::Uuid(x),
            #[cfg(feature = "decimal")]
            Param::Decimal(x) => Value::Decimal(x),
            Param::List(x) => Value::List(x.into()),
        }
    }
}

impl Kind {
    const ALL: [Kind; 15] = [
        Kind::Bool,
        Kind::I16,
        Kind::I32,
        Kind::I64,
        Kind::F32,
        Kind::F64,
        Kind::Text,
        Kind::Bytes,
        Kind::Date,
        Kind::Time,
        Kind::NaiveDateTime,
        Kind::DateTime,
        Kind::Json,
        Kind::Uuid,
        Kind::Decimal,
    ];

    /// The kind of this number: the inverse of `kind as u16`.
    #[must_use]
    pub(crate) fn from_index(index: u16) -> Option<Self> {
        Kind::ALL.get(usize::from(index)).copied()
    }

    /// The Rust type that stands for this kind in error texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Bool => "bool",
            Kind::I16 => "i16",
            Kind::I32 => "i32",
            Kind::I64 => "i64",
            Kind::F32 => "f32",
            Kind::F64 => "f64",
            Kind::Text => "String",
            Kind::Bytes => "Vec<u8>",
            Kind::Date => "NaiveDate",
            Kind::Time => "NaiveTime",
            Kind::NaiveDateTime => "NaiveDateTime",
            Kind::DateTime => "DateTime<Utc>",
            Kind::Json => "serde_json::Value",
            Kind::Uuid => "Uuid",
            Kind::Decimal => "Decimal",
        }
    }
}
