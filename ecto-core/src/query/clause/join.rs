//! `JOIN`.

use super::super::{At, Columns, IntoPredicate, Maybe, Op, Push, Query, Raw, Sources};
use crate::schema::Record;
use crate::types::{NotNull, Null};

/// What the closure of a join returns: an association of one of the sources, as in `|u| u.posts`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an association",
    label = "expected an association of one of the sources, as in `|u| u.posts`",
    note = "to join on a condition of your own: `.join_on::<Schema>(|left, right| ..)`"
)]
pub trait JoinTarget {
    /// The schema at its other end.
    type Target: Columns;
    #[doc(hidden)]
    fn __on(self, at: At) -> Raw;
}

impl<S: Sources, O> Query<S, O> {
    /// Joins the rows at the other end of an association; a row without any is left out.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, name: String, posts: HasMany<Post> }
    /// # #[derive(Schema)] #[schema(table = "posts")] struct Post { id: i64, user_id: i64, title: String }
    /// let titles = User::query().join(|u| u.posts).select(|(u, p)| (u.name, p.title));
    /// let same = User::query().join_on::<Post>(|u, p| p.user_id.eq(u.id)).select(|(u, p)| (u.name, p.title));
    /// let perhaps: Query<_, (String, Option<String>)> = User::query().left_join(|u| u.posts).select(|(u, p)| (u.name, p.title));
    /// ```
    #[inline]
    pub fn join<A: JoinTarget>(mut self, association: impl FnOnce(S::Bindings) -> A) -> Query<<S as Push<A::Target>>::Out, O>
    where
        S: Push<A::Target>,
    {
        let on = self.bind(association).__on(self.next_binding());
        self.statement.join(on, Op::Join, A::Target::META);
        self.retyped()
    }

    /// Joins the rows at the other end of an association; a row without any is kept, and the new source is `Maybe`.
    #[inline]
    pub fn left_join<A: JoinTarget>(mut self, association: impl FnOnce(S::Bindings) -> A) -> Query<<S as Push<Maybe<A::Target>>>::Out, O>
    where
        S: Push<Maybe<A::Target>>,
    {
        let on = self.bind(association).__on(self.next_binding());
        self.statement.join(on, Op::LeftJoin, A::Target::META);
        self.retyped()
    }

    /// Joins the rows of `T` for which a condition holds.
    #[inline]
    pub fn join_on<T: Columns>(
        mut self,
        condition: impl FnOnce(S::Bindings, T::Cols<NotNull>) -> crate::query::Predicate,
    ) -> Query<<S as Push<T>>::Out, O>
    where
        S: Push<T>,
    {
        let at = self.next_binding();
        let on = self.bind(|sources| condition(sources, T::cols(at))).into_predicate();
        self.statement.join(on.into_raw(), Op::Join, T::META);
        self.retyped()
    }

    /// The same; a row without any is kept, and the new source is `Maybe`.
    #[inline]
    pub fn left_join_on<T: Columns>(
        mut self,
        condition: impl FnOnce(S::Bindings, T::Cols<Null>) -> crate::query::Predicate,
    ) -> Query<<S as Push<Maybe<T>>>::Out, O>
    where
        S: Push<Maybe<T>>,
    {
        let at = self.next_binding();
        let on = self.bind(|sources| condition(sources, T::cols(at))).into_predicate();
        self.statement.join(on.into_raw(), Op::LeftJoin, T::META);
        self.retyped()
    }

    /// The place that the next joined source will have, once [`bind`](Query::bind) has settled the level.
    fn next_binding(&self) -> At {
        At::new(self.level_inside(), S::COUNT)
    }
}
