//! Types of few named values, and how their values change.

use super::{TableName, irreversible};
use crate::error::{DdlError, Result};

/// A type of few named values. Where the database has such types it is made by `create_enum`; elsewhere each column is text with a
/// check, and the type is known from the columns alone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub struct Enumeration {
    pub name: TableName,
    /// In their order.
    pub values: Vec<String>,
}

impl Enumeration {
    /// A type of this name and these values.
    #[must_use]
    pub fn new<V: Into<String>>(name: impl Into<TableName>, values: impl IntoIterator<Item = V>) -> Self {
        Enumeration { name: name.into(), values: values.into_iter().map(Into::into).collect() }
    }

    pub(super) fn reason_against(&self) -> Option<&'static str> {
        let twice = |(at, value): (usize, &String)| self.values[..at].contains(value);
        match () {
            () if self.values.is_empty() => Some("it has no values"),
            () if self.values.iter().enumerate().any(twice) => Some("it has a value twice"),
            () if self.values.iter().any(|value| value.contains('\0')) => Some("a value contains the character NUL"),
            () => None,
        }
    }

    pub(super) fn check(&self) -> Result<()> {
        match self.reason_against() {
            Some(reason) => Err(DdlError::Enumeration { name: self.name.to_string(), reason }.into()),
            None => Ok(()),
        }
    }
}

/// A type that goes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub struct DropEnum {
    pub name: TableName,
    /// What it was, where that is known: only then is there a way back.
    pub was: Option<Enumeration>,
}

impl DropEnum {
    pub(super) fn reverse(&self) -> Result<Enumeration> {
        match &self.was {
            Some(was) => Ok(was.clone()),
            None => irreversible(format!("drop enum `{}`", self.name), Some("say its values: `drop_enum_of(name, [values])`")),
        }
    }
}

/// Where a new value stands among the others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Place {
    /// Behind all of them.
    #[default]
    Last,
    /// In front of this one.
    Before(String),
    /// Behind this one.
    After(String),
}

/// A new value of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub struct AddEnumValue {
    pub name: TableName,
    pub value: EnumValue,
}

/// A value, and where it stands: `EnumValue::new("paid").before("done")`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub struct EnumValue {
    pub text: String,
    pub place: Place,
}

impl EnumValue {
    /// Behind all others.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        EnumValue { text: text.into(), place: Place::Last }
    }

    /// In front of this one.
    #[must_use]
    pub fn before(mut self, value: impl Into<String>) -> Self {
        self.place = Place::Before(value.into());
        self
    }

    /// Behind this one.
    #[must_use]
    pub fn after(mut self, value: impl Into<String>) -> Self {
        self.place = Place::After(value.into());
        self
    }
}

impl From<&str> for EnumValue {
    fn from(text: &str) -> Self {
        EnumValue::new(text)
    }
}

impl AddEnumValue {
    pub(super) fn describe(&self) -> String {
        format!("add value `{}` to enum `{}`", self.value.text, self.name)
    }
}
