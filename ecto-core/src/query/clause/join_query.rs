//! `JOIN (SELECT …)`: a join with the rows of another query.

use super::super::{Columns, Maybe, Op, Predicate, Push, Query, Sources, Statement, level};
use super::join::joined;
use crate::types::{NotNull, Null};

impl<S: Sources, O> Query<S, O> {
    /// Joins the rows of a query for which a condition holds. Those rows are whole schemas: the root of that query, or a source that it selects. The
    /// query is read by itself: it cannot use the handles of the one that it is joined to.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, name: String }
    /// # #[derive(Schema)] #[schema(table = "posts")] struct Post { id: i64, user_id: i64, title: String, visits: i64 }
    /// let best = Post::query().order_by(|p| p.visits.desc()).limit(10);
    /// let authors = User::query().join_query(best.clone(), |u, p| p.user_id.eq(u.id)).select(|(u, p)| (u.name, p.title));
    /// let all = User::query().left_join_query(best, |u, p| p.user_id.eq(u.id)).select(|(u, p)| (u, p));
    /// ```
    pub fn join_query<Q: Sources, T: Columns>(
        mut self,
        query: Query<Q, T>,
        condition: impl FnOnce(S::Bindings, T::Cols<NotNull>) -> Predicate,
    ) -> Query<<S as Push<T>>::Out, O>
    where
        S: Push<T>,
    {
        let on = self.bind(|sources| condition(sources, T::cols(joined::<S>())));
        self.push_query(query, on, Op::Join);
        self.retyped()
    }

    /// The same; a row without any is kept, and the new source is `Maybe`.
    pub fn left_join_query<Q: Sources, T: Columns>(
        mut self,
        query: Query<Q, T>,
        condition: impl FnOnce(S::Bindings, T::Cols<Null>) -> Predicate,
    ) -> Query<<S as Push<Maybe<T>>>::Out, O>
    where
        S: Push<Maybe<T>>,
    {
        let on = self.bind(|sources| condition(sources, T::cols(joined::<S>())));
        self.push_query(query, on, Op::LeftJoin);
        self.retyped()
    }

    fn push_query<Q: Sources, T: Columns>(&mut self, query: Query<Q, T>, on: Predicate, kind: Op) {
        if !query.preloads.is_empty() {
            self.preloads.lose("a query as a source");
        }
        let on = on.into_raw();
        self.inspect(&on);
        self.statement.join_query(on, kind, T::META, adopted(*query.statement));
    }
}

/// At the level of the query around it, of whose handles it knows none.
fn adopted(mut statement: Statement) -> Statement {
    level::adopt(&mut statement, level::current());
    statement
}
