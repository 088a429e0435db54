//! `serde_json::Value`: JSON as it is.

use serde_json::Value as Json;

use super::builtin::mismatch;
use super::{CastError, ColumnValue, Input, Kind, NotNull, Param, Scalar, SqlType, Value};
use crate::error::Result;

#[diagnostic::do_not_recommend]
impl SqlType for Json {
    type Base = Json;
    type Null = NotNull;

    fn decode<'a, V: ColumnValue<'a>>(value: V) -> Result<Self> {
        value.json()
    }

    fn to_value(&self) -> Value {
        Value::Json(Box::new(self.clone()))
    }

    fn into_value(self) -> Value {
        Value::Json(Box::new(self))
    }

    fn as_param(&self) -> Param<'_> {
        Param::Json(self)
    }

    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Json(json) => Ok(*json),
            other => mismatch("serde_json::Value", &other),
        }
    }
}

#[diagnostic::do_not_recommend]
impl Scalar for Json {
    const NAME: &'static str = "map";
    const KIND: Kind = Kind::Json;
    type View = Json;

    fn view(value: &Value) -> Option<&Json> {
        match value {
            Value::Json(json) => Some(json),
            _ => None,
        }
    }

    /// T-16: any map, and any list, unchanged.
    fn cast(input: Input<'_>) -> Result<Self, CastError> {
        match input {
            Input::Json(json) => Ok(json.clone()),
            _ => Err(CastError::invalid()),
        }
    }
}

crate::__scalar_from_row!(Json);
