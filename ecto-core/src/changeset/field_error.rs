//! One thing that is wrong with one field, in a form that can be shown, translated and tested.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};
use serde_json::Value as Json;

use super::Message;
use crate::types::CastError;

pub(super) const BLANK: &str = "can't be blank";

/// Why a field was refused.
///
/// The code is Ecto's: `required`, `cast`, `format`, `length`, `number`, `inclusion`, `exclusion`, `confirmation`, `acceptance` of
/// validations, `unique`, `foreign`, `check`, `exclusion`, `assoc`, `no_assoc` of constraints, `custom` of an error that was added by hand.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldError {
    field: Cow<'static, str>,
    message: Cow<'static, str>,
    code: &'static str,
    params: Vec<(&'static str, Json)>,
}

impl FieldError {
    /// An error with the usual code and parameters, where the message does not bring its own.
    #[cold]
    pub(super) fn new(field: impl Into<Cow<'static, str>>, code: &'static str, message: Message) -> Self {
        FieldError { field: field.into(), code: message.code.unwrap_or(code), message: message.text, params: message.params }
    }

    /// Adds a parameter, unless the message brought one of this name.
    #[cold]
    pub(super) fn with(mut self, name: &'static str, value: impl Into<Json>) -> Self {
        if self.param(name).is_none() {
            self.params.push((name, value.into()));
        }
        self
    }

    #[cold]
    pub(super) fn required(field: impl Into<Cow<'static, str>>) -> Self {
        FieldError::new(field, "required", BLANK.into())
    }

    /// C-08: what a type says of an input, U-06: what an enum says of it.
    #[cold]
    pub(super) fn cast(field: &'static str, type_name: &'static str, error: CastError) -> Self {
        let code = if error.allowed.is_some() { "inclusion" } else { "cast" };
        let mut this = FieldError::new(field, code, error.message.into()).with("type", type_name);
        if let Some(allowed) = error.allowed {
            this = this.with("enum", allowed.to_vec());
        }
        error.params.into_iter().fold(this, |this, (name, value)| this.with(name, value))
    }

    /// The same error in other words.
    #[cold]
    pub(super) fn reworded(self, message: Message) -> Self {
        let reworded = FieldError::new(self.field, self.code, message);
        self.params.into_iter().fold(reworded, |this, (name, value)| this.with(name, value))
    }

    /// The name of the field. Errors may stand under a name that is no field, such as `password_confirmation`.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// The message as a template, with `%{name}` where a parameter goes: what a translation is looked up by.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What programs know it by.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The parameters: `count`, `kind` and `type` of a length, `number` and `kind` of a number, `enum` of an inclusion, `type` of a cast,
    /// `constraint_name` of a constraint.
    #[must_use]
    pub fn params(&self) -> &[(&'static str, Json)] {
        &self.params
    }

    /// One parameter.
    #[must_use]
    pub fn param(&self, name: &str) -> Option<&Json> {
        self.params.iter().find(|param| param.0 == name).map(|param| &param.1)
    }

    /// The message with its parameters filled in: `should be at least 3 character(s)`.
    #[must_use]
    pub fn text(&self) -> String {
        self.text_of(&self.message)
    }

    /// The same with another template: the message in another language, or in the plural that `count` asks for.
    /// A `%{name}` without a parameter of that name stays as it is.
    #[must_use]
    pub fn text_of(&self, template: &str) -> String {
        let mut text = String::with_capacity(template.len() + 8);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("%{") {
            text.push_str(before);
            let Some((name, behind)) = after.split_once('}') else {
                text.push_str("%{");
                rest = after;
                continue;
            };
            match self.param(name) {
                Some(value) => push_param(&mut text, value),
                None => text.extend(["%{", name, "}"]),
            }
            rest = behind;
        }
        text.push_str(rest);
        text
    }
}

/// A parameter inside a sentence: a text without quotes, a list with commas.
fn push_param(text: &mut String, value: &Json) {
    match value {
        Json::String(value) => text.push_str(value),
        Json::Array(values) => {
            for (at, value) in values.iter().enumerate() {
                if at > 0 {
                    text.push_str(", ");
                }
                push_param(text, value);
            }
        }
        other => text.push_str(&other.to_string()),
    }
}

/// `name can't be blank`.
impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.text())
    }
}

/// `{"field": .., "message": the text with its parameters, "code": .., "params": {..}}`.
impl Serialize for FieldError {
    fn serialize<W: Serializer>(&self, serializer: W) -> Result<W::Ok, W::Error> {
        let params: serde_json::Map<String, Json> = self.params.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let mut error = serializer.serialize_struct("FieldError", 4)?;
        error.serialize_field("field", self.field())?;
        error.serialize_field("message", &self.text())?;
        error.serialize_field("code", self.code)?;
        error.serialize_field("params", &params)?;
        error.end()
    }
}
