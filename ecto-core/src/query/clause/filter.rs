//! `WHERE`.

use super::super::{Columns, Condition, Op, Query, Sources, Token, level};
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
    pub fn filter<P: Condition>(mut self, condition: impl FnOnce(S::Bindings) -> P) -> Self
    where
        P::Checked: Sized,
    {
        let predicate = self.bind(condition).into_predicate();
        self.clause(predicate.into_raw(), Token::new(Op::Where));
        self
    }

    /// Keeps the rows for which this holds, if there is a value to ask with; `None` keeps all of them.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, name: String, age: Option<i32> }
    /// fn search(name: Option<&str>, at_least: Option<i32>) -> Query<User> {
    ///     User::query().filter_some(name, |u, name| u.name.like(name)).filter_some(at_least, |u, age| u.age.ge(age))
    /// }
    /// ```
    #[inline]
    pub fn filter_some<V, P: Condition>(self, value: Option<V>, condition: impl FnOnce(S::Bindings, V) -> P) -> Self
    where
        P::Checked: Sized,
    {
        match value {
            Some(value) => self.filter(|sources| condition(sources, value)),
            None => self,
        }
    }

    /// The same as [`filter`](Query::filter) for functions that do not care which sources were joined: the closure receives the root alone.
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
    pub fn filter_root<P: Condition>(self, condition: impl FnOnce(<S::Root as Columns>::Cols<NotNull>) -> P) -> Self
    where
        P::Checked: Sized,
    {
        self.filter(|_| condition(S::root(level::here())))
    }
}
