//! `WHERE`.

use super::super::{Columns, IntoPredicate, Op, Query, Sources, Token};
use crate::types::NotNull;

impl<S: Sources, O> Query<S, O> {
    /// Keeps the rows for which this holds. Several filters must all hold.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, name: String, age: Option<i32>, confirmed: bool }
    /// let adults = User::query().filter(|u| u.age.ge(18).and(u.confirmed));
    /// ```
    #[inline]
    pub fn filter<P: IntoPredicate>(mut self, condition: impl FnOnce(S::Bindings) -> P) -> Self {
        let predicate = self.bind(condition).into_predicate();
        self.statement.clause(predicate.into_raw(), Token::new(Op::Where));
        self
    }

    /// The same for functions that do not care which sources were joined: the closure receives the root alone.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, age: Option<i32> }
    /// fn adults<S: Sources<Root = User>, O>(query: Query<S, O>) -> Query<S, O> {
    ///     query.filter_root(|u| u.age.ge(18))
    /// }
    /// let query = adults(User::query());
    /// ```
    #[inline]
    pub fn filter_root<P: IntoPredicate>(self, condition: impl FnOnce(<S::Root as Columns>::Cols<NotNull>) -> P) -> Self {
        let level = self.level_inside();
        self.filter(|_| condition(S::root(level)))
    }
}
