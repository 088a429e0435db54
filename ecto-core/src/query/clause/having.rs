//! `HAVING`.

use super::super::{Condition, Op, Query, Sources, Token};

impl<S: Sources, O> Query<S, O> {
    /// Keeps the groups for which this holds. Several must all hold.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, city: String, age: Option<i32> }
    /// let cities = User::query().group_by(|u| u.city).having(|u| count().gt(10).and(u.age.max().lt(90))).select(|u| u.city);
    /// ```
    pub fn having<P: Condition>(mut self, condition: impl FnOnce(S::Bindings) -> P) -> Self
    where
        P::Checked: Sized,
    {
        let predicate = self.bind(condition).into_predicate();
        self.clause(predicate.into_raw(), Token::new(Op::Having));
        self
    }
}
