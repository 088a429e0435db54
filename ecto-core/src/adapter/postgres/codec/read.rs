//! Reading one column.

use std::error::Error as StdError;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use postgres::types::{FromSql, Type};

use super::numeric::{Numeric, out_of_range};
use super::wire::Wire;
use crate::error::{Result, TypeError};
use crate::types::{ColumnValue, Value};

/// A column as the driver holds it: its format and its bytes.
#[derive(Debug, Clone, Copy)]
pub(in crate::adapter) struct RawColumn<'a> {
    wire: Wire,
    raw: Option<&'a [u8]>,
}

impl<'a> RawColumn<'a> {
    /// Of a type that the server names, and bytes that it sent.
    #[inline]
    pub(super) fn new(ty: &Type, raw: Bytes<'a>) -> Self {
        let wire = if raw.0.is_some() { Wire::of(ty) } else { Wire::Other };
        RawColumn { wire, raw: raw.0 }
    }
}

/// The bytes of a column alone, for the driver has only generic ways to them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bytes<'a>(Option<&'a [u8]>);

impl<'a> FromSql<'a> for Bytes<'a> {
    #[inline(always)]
    fn from_sql(_ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Bytes(Some(raw)))
    }

    #[inline(always)]
    fn from_sql_null(_ty: &Type) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Bytes(None))
    }

    #[inline(always)]
    fn from_sql_nullable(_ty: &Type, raw: Option<&'a [u8]>) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        Ok(Bytes(raw))
    }

    #[inline]
    fn accepts(_ty: &Type) -> bool {
        true
    }
}

/// PostgreSQL counts from 2000-01-01; this many microseconds lie between 1970 and then.
pub(super) const EPOCH_MICROS: i64 = 946_684_800_000_000;
pub(super) const EPOCH_DATE: NaiveDate = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();

impl<'a> RawColumn<'a> {
    #[cold]
    fn mismatch<T>(self, expected: &'static str) -> Result<T> {
        match self.raw {
            None => Err(TypeError::UnexpectedNull { expected }.into()),
            Some(_) => Err(TypeError::Mismatch { expected, found: self.wire.name().to_owned() }.into()),
        }
    }

    /// The bytes, as many as the type has.
    #[inline]
    fn fixed<const N: usize>(self, expected: &'static str) -> Result<[u8; N]> {
        match self.raw.and_then(|raw| raw.try_into().ok()) {
            Some(bytes) => Ok(bytes),
            None => self.mismatch(expected),
        }
    }

    /// Microseconds since 1970 of a timestamp of either kind.
    #[inline]
    fn instant(self, expected: &'static str) -> Result<DateTime<Utc>> {
        if !matches!(self.wire, Wire::Timestamp | Wire::TimestampTz) {
            return self.mismatch(expected);
        }
        let micros = i64::from_be_bytes(self.fixed(expected)?);
        // The extremes are `infinity` and `-infinity`, and fail to add or to be a date.
        match micros.checked_add(EPOCH_MICROS).filter(|_| micros != i64::MIN).and_then(DateTime::from_timestamp_micros) {
            Some(at) => Ok(at),
            None => Err(out_of_range(expected, infinity(micros))),
        }
    }

    /// By what the server says the type is.
    pub(super) fn value(self, ty: &Type) -> Result<Value> {
        let Some(raw) = self.raw else { return Ok(Value::Null) };
        Ok(match self.wire {
            Wire::Bool => Value::Bool(self.bool()?),
            Wire::Int2 => Value::I16(i16::from_be_bytes(self.fixed("i16")?)),
            Wire::Int4 => Value::I32(i32::from_be_bytes(self.fixed("i32")?)),
            Wire::Int8 | Wire::Oid => Value::I64(self.i64()?),
            Wire::Float4 => Value::F32(f32::from_be_bytes(self.fixed("f32")?)),
            Wire::Float8 => Value::F64(self.f64()?),
            Wire::Numeric => numeric_value(raw)?,
            Wire::Text => Value::Text(self.text()?.to_owned().into()),
            Wire::Bytes => Value::Bytes(raw.into()),
            Wire::Date => Value::Date(self.date()?),
            Wire::Time => Value::Time(self.time()?),
            Wire::Timestamp => Value::NaiveDateTime(self.naive_datetime()?),
            Wire::TimestampTz => Value::DateTime(self.datetime()?),
            Wire::Json | Wire::Jsonb => Value::Json(Box::new(self.json()?)),
            Wire::Uuid => Value::Uuid(self.uuid()?),
            Wire::Array => list(ty, raw)?,
            Wire::Void => Value::Null,
            Wire::Other => return Err(TypeError::NoValue { found: ty.name().to_owned() }.into()),
        })
    }
}

#[cfg(feature = "decimal")]
fn numeric_value(raw: &[u8]) -> Result<Value> {
    Ok(Value::Decimal(Numeric::parse(raw, "Decimal")?.decimal()?))
}

/// Without the feature there is no exact number to put it into.
#[cfg(not(feature = "decimal"))]
fn numeric_value(raw: &[u8]) -> Result<Value> {
    Ok(Value::Text(Numeric::parse(raw, "String")?.text().into()))
}

fn list(ty: &Type, raw: &[u8]) -> Result<Value> {
    let (postgres::types::Kind::Array(element), Ok(items)) = (ty.kind(), Vec::<Bytes<'_>>::from_sql(ty, raw)) else {
        return Err(TypeError::NoValue { found: ty.name().to_owned() }.into());
    };
    items
        .into_iter()
        .map(|item| RawColumn::new(element, item).value(element))
        .collect::<Result<Vec<_>>>()
        .map(|items| Value::List(items.into()))
}

#[cold]
fn infinity(count: i64) -> &'static str {
    match count {
        i64::MAX => "infinity",
        i64::MIN => "-infinity",
        _ => "a date far from now",
    }
}

impl<'a> ColumnValue<'a> for RawColumn<'a> {
    #[inline]
    fn is_null(self) -> bool {
        self.raw.is_none()
    }

    #[inline]
    fn bool(self) -> Result<bool> {
        match self.wire {
            Wire::Bool => Ok(self.fixed::<1>("bool")? != [0]),
            _ => self.mismatch("bool"),
        }
    }

    #[inline]
    fn i64(self) -> Result<i64> {
        const EXPECTED: &str = "an integer";
        match self.wire {
            Wire::Int8 => Ok(i64::from_be_bytes(self.fixed(EXPECTED)?)),
            Wire::Int4 => Ok(i64::from(i32::from_be_bytes(self.fixed(EXPECTED)?))),
            Wire::Int2 => Ok(i64::from(i16::from_be_bytes(self.fixed(EXPECTED)?))),
            Wire::Oid => Ok(i64::from(u32::from_be_bytes(self.fixed(EXPECTED)?))),
            Wire::Numeric => Numeric::parse(self.raw.unwrap_or_default(), EXPECTED)?.i64(),
            _ => self.mismatch(EXPECTED),
        }
    }

    #[inline]
    fn f64(self) -> Result<f64> {
        const EXPECTED: &str = "a float";
        match self.wire {
            Wire::Float8 => Ok(f64::from_be_bytes(self.fixed(EXPECTED)?)),
            Wire::Float4 => Ok(f64::from(f32::from_be_bytes(self.fixed(EXPECTED)?))),
            Wire::Numeric => Numeric::parse(self.raw.unwrap_or_default(), EXPECTED)?.f64(),
            Wire::Int2 | Wire::Int4 | Wire::Int8 => self.i64().map(|value| value as f64),
            _ => self.mismatch(EXPECTED),
        }
    }

    #[inline]
    fn text(self) -> Result<&'a str> {
        const EXPECTED: &str = "String";
        let raw = match (self.wire, self.raw) {
            (Wire::Text | Wire::Json, Some(raw)) => raw,
            (Wire::Jsonb, Some([_version, raw @ ..])) => raw,
            _ => return self.mismatch(EXPECTED),
        };
        match std::str::from_utf8(raw) {
            Ok(text) => Ok(text),
            Err(_not_utf8) => self.mismatch(EXPECTED),
        }
    }

    #[inline]
    fn bytes(self) -> Result<&'a [u8]> {
        match (self.wire, self.raw) {
            (Wire::Bytes | Wire::Text, Some(raw)) => Ok(raw),
            _ => self.mismatch("Vec<u8>"),
        }
    }

    #[inline]
    fn date(self) -> Result<NaiveDate> {
        const EXPECTED: &str = "NaiveDate";
        if self.wire != Wire::Date {
            return self.mismatch(EXPECTED);
        }
        let days = i32::from_be_bytes(self.fixed(EXPECTED)?);
        let span = Days::new(u64::from(days.unsigned_abs()));
        let date = if days < 0 { EPOCH_DATE.checked_sub_days(span) } else { EPOCH_DATE.checked_add_days(span) };
        date.ok_or_else(|| {
            let count = match days {
                i32::MAX => i64::MAX,
                i32::MIN => i64::MIN,
                other => i64::from(other),
            };
            out_of_range(EXPECTED, infinity(count))
        })
    }

    #[inline]
    fn time(self) -> Result<NaiveTime> {
        const EXPECTED: &str = "NaiveTime";
        if self.wire != Wire::Time {
            return self.mismatch(EXPECTED);
        }
        let micros = u64::from_be_bytes(self.fixed(EXPECTED)?);
        // OK because a day has fewer than 2^32 seconds, and a second fewer than 2^32 nanoseconds.
        let time = NaiveTime::from_num_seconds_from_midnight_opt((micros / 1_000_000) as u32, (micros % 1_000_000 * 1_000) as u32);
        time.ok_or_else(|| out_of_range(EXPECTED, "24:00:00"))
    }

    #[inline]
    fn naive_datetime(self) -> Result<NaiveDateTime> {
        self.instant("NaiveDateTime").map(|at| at.naive_utc())
    }

    #[inline]
    fn datetime(self) -> Result<DateTime<Utc>> {
        self.instant("DateTime<Utc>")
    }

    fn json(self) -> Result<serde_json::Value> {
        const EXPECTED: &str = "serde_json::Value";
        match self.wire {
            Wire::Json | Wire::Jsonb | Wire::Text => serde_json::from_str(self.text()?).or_else(|_not_json| self.mismatch(EXPECTED)),
            _ => self.mismatch(EXPECTED),
        }
    }

    #[inline]
    fn uuid(self) -> Result<[u8; 16]> {
        match self.wire {
            Wire::Uuid => self.fixed("Uuid"),
            Wire::Text => crate::types::parse_uuid(self.raw.unwrap_or_default()).map_or_else(|| self.mismatch("Uuid"), Ok),
            _ => self.mismatch("Uuid"),
        }
    }

    #[cfg(feature = "decimal")]
    fn decimal(self) -> Result<rust_decimal::Decimal> {
        match self.wire {
            Wire::Numeric => Numeric::parse(self.raw.unwrap_or_default(), "Decimal")?.decimal(),
            Wire::Int2 | Wire::Int4 | Wire::Int8 => self.i64().map(rust_decimal::Decimal::from),
            _ => self.mismatch("Decimal"),
        }
    }
}
