//! Statements of the database's own language. They are sent as written: what they do, nobody here knows.

use std::path::PathBuf;

use super::irreversible;
use crate::error::{DdlError, Result};

/// How much of a statement a report shows, in characters.
const SHOWN: usize = 60;

/// Where a statement stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub struct Origin {
    pub file: PathBuf,
    /// Of its first word, counted from 1.
    pub line: usize,
    /// Among those of its direction, counted from 1.
    pub number: usize,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub struct Statement {
    pub sql: String,
    /// Where it stands, if in a file.
    pub origin: Option<Origin>,
}

impl From<&str> for Statement {
    fn from(sql: &str) -> Self {
        Statement { sql: sql.into(), origin: None }
    }
}

/// A statement, and perhaps the one that undoes it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each name says it")]
pub struct Raw {
    pub up: Statement,
    /// Empty text means that nothing needs to be undone.
    pub down: Option<Statement>,
}

impl Raw {
    pub(super) fn reverse(&self) -> Result<Raw> {
        match &self.down {
            Some(down) => Ok(Raw { up: down.clone(), down: Some(self.up.clone()) }),
            None => irreversible(self.describe(), Some("say how to undo it: `execute_both(up, down)`")),
        }
    }

    pub(super) fn check(&self) -> Result<()> {
        match self.up.sql.contains('\0') {
            true => Err(DdlError::SqlWithNul.into()),
            false => Ok(()),
        }
    }

    pub(super) fn describe(&self) -> String {
        let words: Vec<&str> = self.up.sql.split_whitespace().collect();
        let line = words.join(" ");
        match line.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("execute `{}…`", line[..end].trim_end()),
            None => format!("execute `{line}`"),
        }
    }
}
