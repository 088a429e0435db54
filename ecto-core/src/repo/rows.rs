//! What a raw query returned.

use crate::adapter::Row;
use crate::error::Result;
use crate::types::{FromRow, Value};

/// The rows of a raw query, by what the database says their types are.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryResult {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
    affected: u64,
}

impl QueryResult {
    pub(super) fn new(columns: Vec<String>, rows: Vec<Vec<Value>>, affected: u64) -> Self {
        QueryResult { columns, rows, affected }
    }

    /// The names of the columns; empty if no row came back.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The rows as values.
    #[must_use]
    pub fn rows(&self) -> &[Vec<Value>] {
        &self.rows
    }

    /// The rows as values, by value.
    #[must_use]
    pub fn into_rows(self) -> Vec<Vec<Value>> {
        self.rows
    }

    /// The rows as a type of yours: a tuple, a schema, a projection, a column type.
    ///
    /// # Errors
    /// When a column holds something else.
    pub fn load<T: FromRow>(&self) -> Result<Vec<T>> {
        self.rows.iter().map(|row| Row::Values(row).load()).collect()
    }

    /// How many rows came back.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Came none back?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many rows were written; of a query that reads, how many came back.
    #[must_use]
    pub fn affected(&self) -> u64 {
        self.affected
    }
}
