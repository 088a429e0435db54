//! `SELECT DISTINCT`.

use super::super::{Query, Sources};

impl<S: Sources, O> Query<S, O> {
    /// Each result once.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, city: String }
    /// let cities = User::query().select(|u| u.city).distinct();
    /// ```
    pub fn distinct(mut self) -> Self {
        self.statement.distinct = true;
        self
    }
}
