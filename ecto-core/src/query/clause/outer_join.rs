//! `RIGHT JOIN` and `FULL JOIN`: joins after which the earlier sources may be missing.
//!
//! By type, then, every earlier source is [`Maybe`], and a row that was not selected is an `Option` of the root. What was selected before such a
//! join would keep types that are not true any more, so `select` must stand behind it.

use super::super::{Beside, Columns, Maybe, Op, Predicate, Push, Query, Sources};
use super::join::{JoinTarget, joined};
use crate::schema::Record;
use crate::types::{NotNull, Null};

/// A query whose earlier sources may be missing, and which has `X` behind them.
type Joined<S, O, X> = Query<<<S as Sources>::AsMaybe as Push<X>>::Out, <X as Beside<O, <S as Sources>::Root>>::Out>;

impl<S: Sources, O> Query<S, O> {
    /// Joins the rows at the other end of an association and keeps those that nothing refers to: every earlier source is `Maybe` from here on.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, name: String, posts: HasMany<Post> }
    /// # #[derive(Schema)] #[schema(table = "posts")] struct Post { id: i64, user_id: i64, title: String }
    /// let titles: Query<_, (Option<String>, String)> = User::query().right_join(|u| u.posts).select(|(u, p)| (u.name, p.title));
    /// let authors: Query<_, Option<User>> = User::query().right_join(|u| u.posts);
    /// let all: Query<_, (Option<String>, Option<String>)> = User::query().full_join(|u| u.posts).select(|(u, p)| (u.name, p.title));
    /// ```
    pub fn right_join<A: JoinTarget>(mut self, association: impl FnOnce(S::Bindings) -> A) -> Joined<S, O, A::Target>
    where
        S::AsMaybe: Push<A::Target>,
        A::Target: Beside<O, S::Root>,
    {
        let path = self.path(association);
        self.push_join(path, Op::RightJoin, A::Target::META);
        self.reselected()
    }

    /// Joins the rows of `T` for which a condition holds, and keeps the others of `T`: every earlier source is `Maybe` from here on.
    pub fn right_join_on<T: Columns + Beside<O, S::Root>>(
        mut self,
        condition: impl FnOnce(S::Bindings, T::Cols<NotNull>) -> Predicate,
    ) -> Joined<S, O, T>
    where
        S::AsMaybe: Push<T>,
    {
        let on = self.bind(|sources| condition(sources, T::cols(joined::<S>())));
        self.push_join(on.into(), Op::RightJoin, T::META);
        self.reselected()
    }

    /// Joins the rows at the other end of an association, and keeps the rows of both sides that have no counterpart: every source is `Maybe`.
    pub fn full_join<A: JoinTarget>(mut self, association: impl FnOnce(S::Bindings) -> A) -> Joined<S, O, Maybe<A::Target>>
    where
        S::AsMaybe: Push<Maybe<A::Target>>,
        Maybe<A::Target>: Beside<O, S::Root>,
    {
        let path = self.path(association);
        self.push_join(path, Op::FullJoin, A::Target::META);
        self.reselected()
    }

    /// The same for a condition, which PostgreSQL wants to be an equality between the two sides.
    pub fn full_join_on<T: Columns>(mut self, condition: impl FnOnce(S::Bindings, T::Cols<Null>) -> Predicate) -> Joined<S, O, Maybe<T>>
    where
        S::AsMaybe: Push<Maybe<T>>,
        Maybe<T>: Beside<O, S::Root>,
    {
        let on = self.bind(|sources| condition(sources, T::cols(joined::<S>())));
        self.push_join(on.into(), Op::FullJoin, T::META);
        self.reselected()
    }
}
