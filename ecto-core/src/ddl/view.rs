//! Views: queries with a name.

use super::{TableName, irreversible};
use crate::error::Result;

/// A query that is read like a table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub struct View {
    pub name: TableName,
    /// The query: SQL, written as it is.
    pub sql: String,
}

/// A view that goes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub struct DropView {
    pub name: TableName,
    /// What it was, where that is known: only then is there a way back.
    pub was: Option<View>,
}

impl DropView {
    pub(super) fn reverse(&self) -> Result<View> {
        match &self.was {
            Some(was) => Ok(was.clone()),
            None => irreversible(format!("drop view `{}`", self.name), Some("say its query: `drop_view_of(name, sql)`")),
        }
    }
}
