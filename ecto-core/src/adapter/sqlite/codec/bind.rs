//! Binding parameters to a statement of rusqlite.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use rusqlite::Statement;
use rusqlite::types::{ToSqlOutput, ValueRef};

use crate::adapter::sql::list::ListShape;
use crate::adapter::sqlite::fault;
use crate::error::{AdapterError, Error, Result, TypeError};
use crate::types::{
    Param, Value, WRITTEN_LENGTH, format_date, format_naive, format_time, format_utc, format_uuid, is_sortable, written_time,
};

/// Binds one parameter after the other, by way of a text buffer that is used again for each.
pub(in crate::adapter::sqlite) struct Binder<'b, 'c> {
    statement: &'b mut Statement<'c>,
    buffer: &'b mut String,
    bound: usize,
}

impl<'b, 'c> Binder<'b, 'c> {
    #[inline]
    pub(in crate::adapter::sqlite) fn new(statement: &'b mut Statement<'c>, buffer: &'b mut String) -> Self {
        Binder { statement, buffer, bound: 0 }
    }

    /// Binds the next parameter; a list takes as many as its shape says.
    ///
    /// # Errors
    /// When SQLite has no place for the value.
    #[inline]
    pub(in crate::adapter::sqlite) fn bind(&mut self, param: Param<'_>) -> Result<()> {
        let value = match param {
            Param::Null => ValueRef::Null,
            Param::Bool(x) => ValueRef::Integer(i64::from(x)),
            Param::I16(x) => ValueRef::Integer(i64::from(x)),
            Param::I32(x) => ValueRef::Integer(i64::from(x)),
            Param::I64(x) => ValueRef::Integer(x),
            Param::F32(x) => ValueRef::Real(number(f64::from(x))?),
            Param::F64(x) => ValueRef::Real(number(x)?),
            Param::Text(x) => ValueRef::Text(x.as_bytes()),
            Param::Bytes(x) => ValueRef::Blob(x),
            Param::NaiveDateTime(x) => ValueRef::Text(&written_time(sortable(x)?)),
            Param::DateTime(x) => ValueRef::Text(&in_utc(sortable(x.naive_utc())?)),
            Param::List(list) => return self.bind_list(list),
            other => return self.bind_text(other),
        };
        self.bind_value(value)
    }

    /// Were as many bound as the statement takes? What is not bound would be NULL.
    ///
    /// # Errors
    /// When not.
    #[inline]
    pub(in crate::adapter::sqlite) fn finish(self) -> Result<()> {
        match self.statement.parameter_count() {
            expected if expected == self.bound => Ok(()),
            expected => Err(AdapterError::ParameterCount { expected, found: self.bound }.into()),
        }
    }

    #[inline]
    fn bind_value(&mut self, value: ValueRef<'_>) -> Result<()> {
        self.bound += 1;
        self.statement.raw_bind_parameter(self.bound, ToSqlOutput::Borrowed(value)).map_err(|error| self.refused(error))
    }

    #[cold]
    fn refused(&self, error: rusqlite::Error) -> Error {
        match error {
            // Out of range: the statement takes fewer.
            rusqlite::Error::SqliteFailure(failure, _) if failure.extended_code == rusqlite::ffi::SQLITE_RANGE => {
                AdapterError::ParameterCount { expected: self.statement.parameter_count(), found: self.bound }.into()
            }
            other => fault::error(other),
        }
    }

    /// What SQLite has no class for.
    fn bind_text(&mut self, param: Param<'_>) -> Result<()> {
        self.buffer.clear();
        push_text(self.buffer, param)?;
        self.bound += 1;
        let text = ToSqlOutput::Borrowed(ValueRef::Text(self.buffer.as_bytes()));
        self.statement.raw_bind_parameter(self.bound, text).map_err(|error| self.refused(error))
    }

    fn bind_list(&mut self, list: &[Value]) -> Result<()> {
        match ListShape::of(list.len()) {
            ListShape::Empty => Ok(()),
            ListShape::Json => {
                self.buffer.clear();
                push_json_list(self.buffer, list)?;
                let text = std::mem::take(self.buffer);
                let bound = self.bind_value(ValueRef::Text(text.as_bytes()));
                *self.buffer = text;
                bound
            }
            ListShape::Expanded(count) => {
                // The last one again until the shape is full: `x IN (1, 2, 2, 2)` means the same.
                let last = list.iter().rev().take(1).cycle();
                list.iter().chain(last).take(count).try_for_each(|value| self.bind(value.as_param()))
            }
        }
    }
}

/// SQLite would store NaN as NULL.
#[inline]
fn number(value: f64) -> Result<f64> {
    if value.is_nan() { Err(TypeError::OutOfRange { expected: "REAL", value: "NaN".to_owned() }.into()) } else { Ok(value) }
}

/// A year that four digits cannot say would be sorted wrongly.
#[inline]
fn sortable<T: Datelike + Copy>(at: T) -> Result<T> {
    if is_sortable(at) { Ok(at) } else { Err(unsortable(at.num_days_from_ce())) }
}

#[cold]
fn unsortable(days: i32) -> Error {
    let value = NaiveDate::from_num_days_from_ce_opt(days).unwrap_or_default().to_string();
    TypeError::OutOfRange { expected: "a TEXT of a date", value }.into()
}

/// With the `Z` behind it.
#[inline]
fn in_utc(at: NaiveDateTime) -> [u8; WRITTEN_LENGTH + 1] {
    let mut text = [b'Z'; WRITTEN_LENGTH + 1];
    text[..WRITTEN_LENGTH].copy_from_slice(&written_time(at));
    text
}

/// The text form of what SQLite has no class for.
fn push_text(out: &mut String, param: Param<'_>) -> Result<()> {
    match param {
        Param::Date(x) => format_date(out, sortable(x)?),
        Param::Time(x) => format_time(out, x),
        Param::NaiveDateTime(x) => format_naive(out, sortable(x)?),
        Param::DateTime(x) => format_utc(out, sortable(x)?),
        Param::Uuid(x) => format_uuid(out, x),
        #[cfg(feature = "decimal")]
        Param::Decimal(x) => push_display(out, &x),
        Param::Json(x) => push_display(out, x),
        Param::Null | Param::Bool(_) | Param::I16(_) | Param::I32(_) | Param::I64(_) | Param::F32(_) | Param::F64(_) => {}
        Param::Text(x) => out.push_str(x),
        Param::Bytes(_) | Param::List(_) => return Err(unsupported("a list of this kind with more than 1024 elements")),
    }
    Ok(())
}

fn push_display(out: &mut String, value: &dyn std::fmt::Display) {
    // OK because writing to a String does not fail.
    let _ = write!(out, "{value}");
}

#[cold]
fn unsupported(what: &str) -> Error {
    AdapterError::Unsupported { what: what.to_owned(), database: "SQLite" }.into()
}

/// A list as a JSON array, each element of it as the column stores it.
fn push_json_list(out: &mut String, list: &[Value]) -> Result<()> {
    out.push('[');
    for (at, value) in list.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        push_json(out, value.as_param())?;
    }
    out.push(']');
    Ok(())
}

fn push_json(out: &mut String, param: Param<'_>) -> Result<()> {
    match param {
        Param::Null => out.push_str("null"),
        Param::Bool(x) => out.push(if x { '1' } else { '0' }),
        Param::I16(x) => push_display(out, &x),
        Param::I32(x) => push_display(out, &x),
        Param::I64(x) => push_display(out, &x),
        // By way of Debug, which keeps the point that makes it a REAL.
        Param::F32(x) => push_display(out, &format_args!("{:?}", finite(f64::from(x))?)),
        Param::F64(x) => push_display(out, &format_args!("{:?}", finite(x)?)),
        other => {
            let mut text = String::new();
            push_text(&mut text, other)?;
            push_display(out, &serde_json::Value::String(text));
        }
    }
    Ok(())
}

/// JSON has no infinity.
fn finite(value: f64) -> Result<f64> {
    if value.is_finite() { Ok(value) } else { Err(TypeError::OutOfRange { expected: "a list of floats", value: value.to_string() }.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_json_as_the_column_stores_it() {
        let mut out = String::new();
        let list = [Value::I64(1), Value::Bool(true), Value::F64(2.0), Value::Text("a\"b".into()), Value::Uuid([0; 16])];
        push_json_list(&mut out, &list).unwrap();
        assert_eq!(out, r#"[1,1,2.0,"a\"b","00000000-0000-0000-0000-000000000000"]"#);
    }

    #[test]
    fn nan_is_refused_rather_than_made_null() {
        assert!(number(f64::NAN).is_err());
        assert!(number(f64::INFINITY).is_ok());
    }
}
