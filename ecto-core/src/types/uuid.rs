//! `uuid::Uuid`, in lower case with hyphens where a database keeps it as text.

use uuid::Uuid;

use super::builtin::mismatch;
use super::{CastError, ColumnValue, Input, Kind, NotNull, Param, Scalar, SqlType, Value};
use crate::error::Result;

#[diagnostic::do_not_recommend]
impl SqlType for Uuid {
    type Base = Uuid;
    type Null = NotNull;

    #[inline]
    fn decode<'a, V: ColumnValue<'a>>(value: V) -> Result<Self> {
        value.uuid().map(Uuid::from_bytes)
    }

    fn to_value(&self) -> Value {
        Value::Uuid(*self.as_bytes())
    }

    fn as_param(&self) -> Param<'_> {
        Param::Uuid(*self.as_bytes())
    }

    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Uuid(bytes) => Ok(Uuid::from_bytes(bytes)),
            other => mismatch("Uuid", &other),
        }
    }
}

#[diagnostic::do_not_recommend]
impl Scalar for Uuid {
    const NAME: &'static str = "uuid";
    const KIND: Kind = Kind::Uuid;
    type View = [u8; 16];

    fn view(value: &Value) -> Option<&[u8; 16]> {
        match value {
            Value::Uuid(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// U-01: 36 characters with hyphens, in any case.
    fn cast(input: Input<'_>) -> Result<Self, CastError> {
        let text = input.text().filter(|text| text.len() == 36);
        text.and_then(|text| Uuid::try_parse(text).ok()).ok_or(const { CastError::invalid() })
    }
}

crate::__scalar_from_row!(Uuid);
