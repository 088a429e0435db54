//! Names: of tables, and the rules by which indexes and constraints get theirs.

use std::fmt;

use crate::error::{DdlError, Result};

/// The name of a table, perhaps in a named schema of the database (a prefix).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct TableName {
    /// The database's own schema that holds it (`tenant_7` in `tenant_7.users`), where it has such.
    pub prefix: Option<String>,
    /// The name alone.
    pub name: String,
}

impl TableName {
    /// A table where the connection looks first.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        TableName { prefix: None, name: name.into() }
    }

    /// The same table in a named schema of the database.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    pub(super) fn collect_names<'a>(&'a self, names: &mut Vec<&'a str>) {
        names.extend(self.prefix.as_deref());
        names.push(&self.name);
    }
}

impl From<&str> for TableName {
    fn from(name: &str) -> Self {
        TableName::new(name)
    }
}

impl From<String> for TableName {
    fn from(name: String) -> Self {
        TableName::new(name)
    }
}

impl fmt::Display for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.prefix {
            Some(prefix) => write!(f, "{prefix}.{}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// Refuses what cannot be a name in any database. Everything else is quoted, so it needs no further rule.
pub(super) fn check(name: &str) -> Result<()> {
    match name {
        "" => Err(DdlError::EmptyName.into()),
        name if name.contains('\0') => Err(DdlError::NameWithNul { name: name.replace('\0', "\\0") }.into()),
        _ => Ok(()),
    }
}

/// The name of an index by its table and columns (G-47): every character that cannot stand in a word becomes `_`, each
/// part loses the `_` at its end, the parts are joined by `_`.
pub(super) fn of_index<'a>(table: &'a str, parts: impl Iterator<Item = &'a str>) -> String {
    let words = std::iter::once(table).chain(parts).chain(std::iter::once("index")).map(word);
    words.collect::<Vec<_>>().join("_")
}

fn word(part: &str) -> String {
    let letters = part.chars().map(|letter| if letter.is_alphanumeric() || letter == '_' { letter } else { '_' });
    letters.collect::<String>().trim_end_matches('_').to_owned()
}
