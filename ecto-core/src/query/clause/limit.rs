//! `LIMIT` and `OFFSET`.

use super::super::{Query, Sources};
use crate::types::Value;

impl<S: Sources, O> Query<S, O> {
    /// At most so many rows. A later limit replaces an earlier one.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64 }
    /// let third_page = User::query().order_by(|u| u.id.asc()).limit(20).offset(40);
    /// ```
    pub fn limit(mut self, rows: u32) -> Self {
        self.statement.limit = Some(Value::I64(i64::from(rows)));
        self
    }

    /// Passes over so many rows. A later offset replaces an earlier one.
    pub fn offset(mut self, rows: u64) -> Self {
        // More rows than an `i64` counts do not exist.
        self.statement.offset = Some(Value::I64(i64::try_from(rows).unwrap_or(i64::MAX)));
        self
    }
}
