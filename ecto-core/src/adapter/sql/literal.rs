//! Values as text, for the few that are not parameters.

use std::fmt::Write;

use super::Dialect;
use super::quote::string;
use crate::types::{Value, format_date, format_naive, format_time, format_utc, format_uuid};

/// A value as SQL text.
pub fn literal(value: &Value, dialect: &dyn Dialect) -> String {
    let mut out = String::new();
    match value {
        Value::Null => out.push_str("NULL"),
        Value::Bool(true) => out.push_str("TRUE"),
        Value::Bool(false) => out.push_str("FALSE"),
        // A text adapts to what stands beside it, an enum of the database for one.
        Value::Text(text) => out.push_str(&string(text)),
        Value::I16(number) => number_text(&mut out, number),
        Value::I32(number) => number_text(&mut out, number),
        Value::I64(number) => number_text(&mut out, number),
        other => cast(&mut out, other, dialect),
    }
    out
}

/// Behind a minus a cast would bind first, and `-9223372036854775808` has no positive twin: hence the parentheses.
fn number_text(out: &mut String, number: &dyn std::fmt::Display) {
    // OK because writing to a `String` cannot fail.
    let _ = write!(out, "({number})");
}

fn cast(out: &mut String, value: &Value, dialect: &dyn Dialect) {
    let mut text = String::new();
    match value {
        // `Debug` keeps the point of `1.0` and enough digits to read the same number back.
        Value::F32(x) => text.push_str(&format!("{x:?}")),
        Value::F64(x) => text.push_str(&format!("{x:?}")),
        Value::Date(x) => format_date(&mut text, *x),
        Value::Time(x) => format_time(&mut text, *x),
        Value::NaiveDateTime(x) => format_naive(&mut text, *x),
        Value::DateTime(x) => format_utc(&mut text, *x),
        Value::Json(x) => text.push_str(&x.to_string()),
        Value::Uuid(x) => format_uuid(&mut text, *x),
        Value::Bytes(x) => return hex(out, x, dialect),
        #[cfg(feature = "decimal")]
        Value::Decimal(x) => text.push_str(&x.to_string()),
        _ => {}
    }
    let Some(kind) = value.kind() else { return };
    // OK because writing to a `String` cannot fail.
    let _ = write!(out, "CAST({} AS {})", string(&text), dialect.cast_type(kind));
}

fn hex(out: &mut String, bytes: &[u8], dialect: &dyn Dialect) {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // OK because writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    out.push_str(&dialect.bytes_literal(&text));
}
