//! What an error says: a template, and what goes into it.

use std::borrow::Cow;

use serde_json::Value as Json;

/// The text of an error, with a code and parameters where they differ from the usual ones.
///
/// A plain text is a message too; wherever one is asked for, `"is odd"` will do.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    pub(super) text: Cow<'static, str>,
    pub(super) code: Option<&'static str>,
    pub(super) params: Vec<(&'static str, Json)>,
}

/// A message that can be given a code and parameters: `message("must be at most %{max} pages").param("max", 300)`.
pub fn message(text: impl Into<Cow<'static, str>>) -> Message {
    Message { text: text.into(), code: None, params: Vec::new() }
}

impl Message {
    /// What programs and translations know the error by, instead of the usual code.
    #[must_use]
    pub fn code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    /// A parameter, which `%{name}` in the text stands for. It replaces one of the same name that the validation has.
    #[must_use]
    pub fn param(mut self, name: &'static str, value: impl Into<Json>) -> Self {
        self.params.push((name, value.into()));
        self
    }
}

impl From<&'static str> for Message {
    fn from(text: &'static str) -> Self {
        message(text)
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        message(text)
    }
}

impl From<Cow<'static, str>> for Message {
    fn from(text: Cow<'static, str>) -> Self {
        message(text)
    }
}
