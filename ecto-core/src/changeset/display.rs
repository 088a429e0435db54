//! A changeset as readable text, for logs and assertions. Redacted fields stay hidden, and so does the row behind it.

use std::fmt::{self, Display};

use super::Changeset;
use crate::schema::Record;
use crate::types::Value;

/// `Changeset<User> { action: insert, changes: { name: "Al", password: **redacted** }, errors: { email: has invalid format }, valid: false }`.
impl<S: Record> Display for Changeset<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Changeset<{}> {{ ", S::META.name)?;
        if let Some(action) = self.action() {
            write!(f, "action: {}, ", action.name())?;
        }
        f.write_str("changes: {")?;
        for (at, (index, value)) in self.changes().iter().enumerate() {
            let field = self.state.field(*index);
            write!(f, "{} {}: ", if at == 0 { "" } else { "," }, field.name)?;
            if field.redact { f.write_str("**redacted**")? } else { write_value(f, value)? }
        }
        f.write_str(if self.changes().is_empty() { "}, errors: {" } else { " }, errors: {" })?;
        for (at, error) in self.errors().iter().enumerate() {
            write!(f, "{} {}: {}", if at == 0 { "" } else { "," }, error.field(), error.text())?;
        }
        f.write_str(if self.errors().is_empty() { "}" } else { " }" })?;
        write!(f, ", valid: {} }}", self.is_valid())
    }
}

/// The same text: a failed `unwrap` prints no password.
impl<S: Record> fmt::Debug for Changeset<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

/// A value as errors and logs print it.
pub(super) fn text_of(value: &Value) -> String {
    struct Printed<'a>(&'a Value);
    impl Display for Printed<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write_value(f, self.0)
        }
    }
    Printed(value).to_string()
}

fn write_value(f: &mut fmt::Formatter<'_>, value: &Value) -> fmt::Result {
    match value {
        Value::Null => f.write_str("NULL"),
        Value::Bool(x) => x.fmt(f),
        Value::I16(x) => x.fmt(f),
        Value::I32(x) => x.fmt(f),
        Value::I64(x) => x.fmt(f),
        Value::F32(x) => write!(f, "{x:?}"),
        Value::F64(x) => write!(f, "{x:?}"),
        Value::Text(x) => write!(f, "{x:?}"),
        Value::Bytes(x) => write!(f, "{} byte(s)", x.len()),
        Value::Date(x) => x.fmt(f),
        Value::Time(x) => x.fmt(f),
        Value::NaiveDateTime(x) => x.fmt(f),
        Value::DateTime(x) => x.fmt(f),
        Value::Json(x) => x.fmt(f),
        Value::Uuid(x) => {
            let mut text = String::new();
            crate::types::format_uuid(&mut text, *x);
            f.write_str(&text)
        }
        #[cfg(feature = "decimal")]
        Value::Decimal(x) => x.fmt(f),
        Value::List(x) => {
            f.write_str("[")?;
            for (at, item) in x.iter().enumerate() {
                f.write_str(if at == 0 { "" } else { ", " })?;
                write_value(f, item)?;
            }
            f.write_str("]")
        }
    }
}
