//! `ORDER BY`.

use super::super::{Columns, Query, Raw, SortKeys, Sources, level};
use crate::types::NotNull;

impl<S: Sources, O> Query<S, O> {
    /// Sorts the rows, by what was given before first.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, name: String, age: Option<i32> }
    /// let oldest_first = User::query().order_by(|u| (u.age.desc().nulls_last(), u.name.asc()));
    /// ```
    #[inline]
    pub fn order_by<K: SortKeys>(mut self, keys: impl FnOnce(S::Bindings) -> K) -> Self
    where
        K::Checked: Sized,
    {
        let keys = self.bind(keys);
        let mut raw = Raw::default();
        keys.__push_order(&mut raw);
        self.clauses(raw);
        self
    }

    /// The same for functions that do not care which sources were joined: the closure receives the root alone.
    #[inline]
    pub fn order_by_root<K: SortKeys>(self, keys: impl FnOnce(<S::Root as Columns>::Cols<NotNull>) -> K) -> Self
    where
        K::Checked: Sized,
    {
        self.order_by(|_| keys(S::root(level::here())))
    }
}
