//! `SELECT`.

use super::super::{Query, Select, SelectList, Sources};

impl<S: Sources, O> Query<S, O> {
    /// What a row of the result is: a column, an expression, a source, a tuple of these, or a derived projection.
    /// Without it, the root. A later select replaces an earlier one.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, name: String, age: Option<i32> }
    /// let names: Query<User, (String, Option<i32>)> = User::query().select(|u| (u.name, u.age));
    /// ```
    #[inline]
    pub fn select<I: Select>(mut self, items: impl FnOnce(S::Bindings) -> I) -> Query<S, I::Out> {
        let items = self.bind(items);
        let mut list = SelectList::default();
        items.__push_select(&mut list);
        self.inspect(&list);
        self.statement.select = list;
        self.reselected()
    }
}
