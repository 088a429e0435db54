//! `JOIN`.

use super::super::{At, Columns, Maybe, Op, Push, Query, Raw, Sources, Token, level};
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
        let on = self.bind(|sources| association(sources).__on(joined::<S>()));
        self.push_join::<A::Target>(on, Op::Join);
        self.retyped()
    }

    /// Joins the rows at the other end of an association; a row without any is kept, and the new source is `Maybe`.
    #[inline]
    pub fn left_join<A: JoinTarget>(mut self, association: impl FnOnce(S::Bindings) -> A) -> Query<<S as Push<Maybe<A::Target>>>::Out, O>
    where
        S: Push<Maybe<A::Target>>,
    {
        let on = self.bind(|sources| association(sources).__on(joined::<S>()));
        self.push_join::<A::Target>(on, Op::LeftJoin);
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
        let on = self.bind(|sources| condition(sources, T::cols(joined::<S>())));
        self.push_join::<T>(on.into_raw(), Op::Join);
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
        let on = self.bind(|sources| condition(sources, T::cols(joined::<S>())));
        self.push_join::<T>(on.into_raw(), Op::LeftJoin);
        self.retyped()
    }

    /// Joins every row of `T` to every row.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "sizes")] struct Size { id: i64, name: String }
    /// # #[derive(Schema)] #[schema(table = "colours")] struct Colour { id: i64, name: String }
    /// let variants = Size::query().cross_join::<Colour>().select(|(s, c)| (s.name, c.name));
    /// ```
    pub fn cross_join<T: Columns>(mut self) -> Query<<S as Push<T>>::Out, O>
    where
        S: Push<T>,
    {
        // `ON TRUE`: what every database takes, also behind another join.
        self.push_join::<T>(Raw::of(Token::new(Op::True)), Op::Join);
        self.retyped()
    }

    pub(super) fn push_join<T: Columns>(&mut self, on: Raw, kind: Op) {
        self.inspect(&on);
        self.statement.join(on, kind, T::META);
    }
}

/// The place of the next joined source, inside a closure of the query.
pub(super) fn joined<S: Sources>() -> At {
    level::here().sibling(S::COUNT)
}
