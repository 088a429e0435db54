//! What a user sent, and why it was not accepted.

use std::borrow::Cow;

/// One raw input, borrowed from the params.
///
/// A form only has texts, lists and maps; JSON has all of them. Lists and maps are opaque to scalars,
/// except that dates and times can be cast from a map of their parts, see [`Input::part`].
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Input<'a> {
    /// JSON's `null`.
    Null,
    /// JSON's `true` or `false`.
    Bool(bool),
    /// A number without a fraction that fits.
    Int(i64),
    /// A larger one.
    Large(u64),
    /// Any other number.
    Float(f64),
    /// A text.
    Text(&'a str),
    /// A list or a map, of JSON or of a form.
    Json(&'a serde_json::Value),
}

impl<'a> Input<'a> {
    /// Reads a JSON value.
    #[must_use]
    pub fn from_json(value: &'a serde_json::Value) -> Self {
        use serde_json::Value as Json;
        match value {
            Json::Null => Input::Null,
            Json::Bool(x) => Input::Bool(*x),
            Json::String(x) => Input::Text(x),
            Json::Number(x) => match (x.as_i64(), x.as_u64()) {
                (Some(x), _) => Input::Int(x),
                (None, Some(x)) => Input::Large(x),
                (None, None) => x.as_f64().map_or(Input::Json(value), Input::Float),
            },
            Json::Array(_) | Json::Object(_) => Input::Json(value),
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(self) -> Option<&'a str> {
        match self {
            Input::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A member of a map: the `year` of a date given in parts.
    #[must_use]
    pub fn part(self, name: &str) -> Option<Input<'a>> {
        match self {
            Input::Json(value) => value.get(name).map(Input::from_json),
            _ => None,
        }
    }
}

/// Why an input is not a value of a type: the text and the parameters of the field error to be.
///
/// The default is "is invalid" with nothing else (T-06); a type that knows better says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CastError {
    /// The message, with `%{name}` where a parameter goes.
    pub message: Cow<'static, str>,
    /// Further parameters of the error, beside `type`.
    pub params: Vec<(&'static str, String)>,
    /// The names of the values that would do, of an enum: the error's code is then `inclusion`.
    pub allowed: Option<&'static [&'static str]>,
}

impl CastError {
    /// "is invalid".
    #[must_use]
    pub const fn invalid() -> Self {
        CastError { message: Cow::Borrowed("is invalid"), params: Vec::new(), allowed: None }
    }

    /// A text of the type's own.
    #[must_use]
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        CastError { message: message.into(), ..CastError::invalid() }
    }
}
