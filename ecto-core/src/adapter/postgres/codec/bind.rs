//! Sending one parameter, in the format of the server's type.

use std::error::Error as StdError;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use postgres::types::private::BytesMut;
use postgres::types::{IsNull, ToSql, Type};

use super::array;
use super::numeric;
use super::read::{EPOCH_DATE, EPOCH_MICROS};
use super::wire::Wire;
use crate::error::{Result, TypeError};
use crate::types::{Param, format_date, format_naive, format_time, format_utc, format_uuid, micros_of_second};

/// A parameter as the driver takes it.
#[derive(Debug, Clone, Copy)]
pub(in crate::adapter::postgres) struct Bound<'a>(pub(in crate::adapter::postgres) Param<'a>);

impl ToSql for Bound<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        encode(self.0, ty, out).map_err(Into::into)
    }

    fn accepts(_ty: &Type) -> bool {
        true
    }

    fn to_sql_checked(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        self.to_sql(ty, out)
    }
}

/// Appends a parameter as the server's type has it.
///
/// # Errors
/// When the value is of another type, or outside of the range of this one.
fn encode(param: Param<'_>, ty: &Type, out: &mut BytesMut) -> Result<IsNull> {
    encode_as(Wire::of(ty), param, ty, out)
}

/// The same, where the format of the type was looked up before, once for many.
///
/// # Errors
/// The same.
pub(super) fn encode_as(wire: Wire, param: Param<'_>, ty: &Type, out: &mut BytesMut) -> Result<IsNull> {
    if matches!(param, Param::Null) {
        return Ok(IsNull::Yes);
    }
    match wire {
        Wire::Bool => out.extend_from_slice(&[u8::from(bool(param)?)]),
        Wire::Int2 => out.extend_from_slice(&integer::<i16>(param, "smallint")?.to_be_bytes()),
        Wire::Int4 => out.extend_from_slice(&integer::<i32>(param, "integer")?.to_be_bytes()),
        Wire::Int8 => out.extend_from_slice(&integer::<i64>(param, "bigint")?.to_be_bytes()),
        Wire::Oid => out.extend_from_slice(&integer::<u32>(param, "oid")?.to_be_bytes()),
        Wire::Float4 => out.extend_from_slice(&real(param)?.to_be_bytes()),
        Wire::Float8 => out.extend_from_slice(&float(param, "double precision")?.to_be_bytes()),
        Wire::Numeric => numeric::encode(&decimal_text(param)?, out),
        Wire::Text => text(param, out)?,
        Wire::Bytes => bytes(param, out)?,
        Wire::Date => out.extend_from_slice(&days(date(param)?).to_be_bytes()),
        Wire::Time => out.extend_from_slice(&time_micros(time(param)?).to_be_bytes()),
        Wire::Timestamp | Wire::TimestampTz => out.extend_from_slice(&instant_micros(instant(param)?).to_be_bytes()),
        Wire::Json => json(param, out)?,
        Wire::Jsonb => {
            // The version of the format.
            out.extend_from_slice(&[1]);
            json(param, out)?;
        }
        Wire::Uuid => out.extend_from_slice(&uuid(param)?),
        Wire::Array => list(param, ty, out)?,
        Wire::Void | Wire::Other => return Err(TypeError::NoParameter { expected: ty.name().to_owned(), found: name(param) }.into()),
    }
    Ok(IsNull::No)
}

#[cold]
fn mismatch<T>(expected: &'static str, found: Param<'_>) -> Result<T> {
    Err(TypeError::Mismatch { expected, found: name(found).to_owned() }.into())
}

fn name(param: Param<'_>) -> &'static str {
    match param {
        Param::Null => "NULL",
        Param::Bool(_) => "bool",
        Param::I16(_) => "i16",
        Param::I32(_) => "i32",
        Param::I64(_) => "i64",
        Param::F32(_) => "f32",
        Param::F64(_) => "f64",
        Param::Text(_) => "String",
        Param::Bytes(_) => "Vec<u8>",
        Param::Date(_) => "NaiveDate",
        Param::Time(_) => "NaiveTime",
        Param::NaiveDateTime(_) => "NaiveDateTime",
        Param::DateTime(_) => "DateTime<Utc>",
        Param::Json(_) => "serde_json::Value",
        Param::Uuid(_) => "Uuid",
        #[cfg(feature = "decimal")]
        Param::Decimal(_) => "Decimal",
        Param::List(_) => "a list",
    }
}

fn bool(param: Param<'_>) -> Result<bool> {
    match param {
        Param::Bool(x) => Ok(x),
        other => mismatch("boolean", other),
    }
}

#[inline]
fn integer<T: TryFrom<i64>>(param: Param<'_>, expected: &'static str) -> Result<T> {
    let value = match param {
        Param::I64(x) => x,
        Param::I32(x) => i64::from(x),
        Param::I16(x) => i64::from(x),
        other => return mismatch(expected, other),
    };
    T::try_from(value).map_err(|_too_wide| numeric::out_of_range(expected, &value.to_string()))
}

fn float(param: Param<'_>, expected: &'static str) -> Result<f64> {
    match param {
        Param::F64(x) => Ok(x),
        Param::F32(x) => Ok(f64::from(x)),
        Param::I16(x) => Ok(f64::from(x)),
        Param::I32(x) => Ok(f64::from(x)),
        Param::I64(x) => Ok(x as f64),
        other => mismatch(expected, other),
    }
}

/// Rounds, but does not make a number infinite.
fn real(param: Param<'_>) -> Result<f32> {
    let wide = float(param, "real")?;
    let narrow = wide as f32;
    if narrow.is_infinite() && wide.is_finite() { Err(numeric::out_of_range("real", &wide.to_string())) } else { Ok(narrow) }
}

/// Digits with a point, without an exponent.
fn decimal_text(param: Param<'_>) -> Result<String> {
    match param {
        Param::I16(x) => Ok(x.to_string()),
        Param::I32(x) => Ok(x.to_string()),
        Param::I64(x) => Ok(x.to_string()),
        Param::F32(x) if x.is_finite() => Ok(x.to_string()),
        Param::F64(x) if x.is_finite() => Ok(x.to_string()),
        #[cfg(feature = "decimal")]
        Param::Decimal(x) => Ok(x.to_string()),
        other => mismatch("numeric", other),
    }
}

/// Texts as they are; what has one text form, in that.
fn text(param: Param<'_>, out: &mut BytesMut) -> Result<()> {
    let mut printed = String::new();
    match param {
        Param::Text(x) => {
            out.extend_from_slice(x.as_bytes());
            return Ok(());
        }
        Param::Uuid(x) => format_uuid(&mut printed, x),
        Param::Date(x) => format_date(&mut printed, x),
        Param::Time(x) => format_time(&mut printed, x),
        Param::NaiveDateTime(x) => format_naive(&mut printed, x),
        Param::DateTime(x) => format_utc(&mut printed, x),
        Param::Json(x) => printed = x.to_string(),
        #[cfg(feature = "decimal")]
        Param::Decimal(x) => printed = x.to_string(),
        other => return mismatch("text", other),
    }
    out.extend_from_slice(printed.as_bytes());
    Ok(())
}

fn bytes(param: Param<'_>, out: &mut BytesMut) -> Result<()> {
    match param {
        Param::Bytes(x) => out.extend_from_slice(x),
        Param::Text(x) => out.extend_from_slice(x.as_bytes()),
        other => return mismatch("bytea", other),
    }
    Ok(())
}

fn json(param: Param<'_>, out: &mut BytesMut) -> Result<()> {
    match param {
        Param::Json(x) => out.extend_from_slice(x.to_string().as_bytes()),
        // JSON that is text already; the server looks whether it is.
        Param::Text(x) => out.extend_from_slice(x.as_bytes()),
        other => return mismatch("json", other),
    }
    Ok(())
}

fn uuid(param: Param<'_>) -> Result<[u8; 16]> {
    match param {
        Param::Uuid(x) => Ok(x),
        Param::Text(x) => crate::types::parse_uuid(x.as_bytes()).map_or_else(|| mismatch("uuid", param), Ok),
        other => mismatch("uuid", other),
    }
}

fn date(param: Param<'_>) -> Result<NaiveDate> {
    match param {
        Param::Date(x) => Ok(x),
        other => mismatch("date", other),
    }
}

fn days(date: NaiveDate) -> i32 {
    // OK because chrono's dates span fewer than 2^31 days.
    date.signed_duration_since(EPOCH_DATE).num_days() as i32
}

fn time(param: Param<'_>) -> Result<NaiveTime> {
    match param {
        Param::Time(x) => Ok(x),
        other => mismatch("time", other),
    }
}

fn time_micros(time: NaiveTime) -> i64 {
    i64::from(time.num_seconds_from_midnight()) * 1_000_000 + i64::from(micros_of_second(time.nanosecond()))
}

fn instant_micros(at: DateTime<Utc>) -> i64 {
    // OK because chrono's dates span fewer than 2^63 microseconds, even when counted from 2000.
    at.timestamp() * 1_000_000 + i64::from(micros_of_second(at.timestamp_subsec_nanos())) - EPOCH_MICROS
}

/// A date and time without a zone is taken as UTC, and one in UTC keeps its digits in a column without a zone.
fn instant(param: Param<'_>) -> Result<DateTime<Utc>> {
    match param {
        Param::DateTime(x) => Ok(x),
        Param::NaiveDateTime(x) => Ok(NaiveDateTime::and_utc(&x)),
        other => mismatch("timestamp", other),
    }
}

fn list(param: Param<'_>, ty: &Type, out: &mut BytesMut) -> Result<()> {
    match param {
        Param::List(items) => array::encode(items.len(), ty, &|at| items[at].as_param(), out),
        other => mismatch("an array", other),
    }
}
