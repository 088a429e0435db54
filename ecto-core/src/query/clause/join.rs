//! `JOIN`.

use super::super::{At, Columns, Maybe, Op, Predicate, Push, Query, Raw, Sources, Statement, level};
use crate::schema::{Record, SchemaMeta};
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
    fn __join(self, place: JoinPlace) -> JoinPath;
}

/// Where the rows of a join are to stand.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct JoinPlace {
    /// The new source.
    pub at: At,
    /// The number of the next table that no closure receives.
    pub via: u8,
}

/// What a join is made of.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct JoinPath {
    /// The tables on the way, each with its condition.
    pub via: Vec<(&'static SchemaMeta, Raw)>,
    /// The condition of the new source.
    pub on: Raw,
}

impl From<Predicate> for JoinPath {
    fn from(on: Predicate) -> Self {
        JoinPath { via: Vec::new(), on: on.into_raw() }
    }
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
        let path = self.path(association);
        self.push_join(path, Op::Join, A::Target::META);
        self.retyped()
    }

    /// Joins the rows at the other end of an association; a row without any is kept, and the new source is `Maybe`.
    #[inline]
    pub fn left_join<A: JoinTarget>(mut self, association: impl FnOnce(S::Bindings) -> A) -> Query<<S as Push<Maybe<A::Target>>>::Out, O>
    where
        S: Push<Maybe<A::Target>>,
    {
        let path = self.path(association);
        self.push_join(path, Op::LeftJoin, A::Target::META);
        self.retyped()
    }

    /// Joins the rows of `T` for which a condition holds.
    #[inline]
    pub fn join_on<T: Columns>(
        mut self,
        condition: impl FnOnce(S::Bindings, T::Cols<NotNull>) -> Predicate,
    ) -> Query<<S as Push<T>>::Out, O>
    where
        S: Push<T>,
    {
        let on = self.bind(|sources| condition(sources, T::cols(joined::<S>())));
        self.push_join(on.into(), Op::Join, T::META);
        self.retyped()
    }

    /// The same; a row without any is kept, and the new source is `Maybe`.
    #[inline]
    pub fn left_join_on<T: Columns>(
        mut self,
        condition: impl FnOnce(S::Bindings, T::Cols<Null>) -> Predicate,
    ) -> Query<<S as Push<Maybe<T>>>::Out, O>
    where
        S: Push<Maybe<T>>,
    {
        let on = self.bind(|sources| condition(sources, T::cols(joined::<S>())));
        self.push_join(on.into(), Op::LeftJoin, T::META);
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
        self.push_join(Predicate::all([]).into(), Op::Join, T::META);
        self.retyped()
    }

    /// The way of the association that a closure names.
    #[inline]
    pub(super) fn path<A: JoinTarget>(&mut self, association: impl FnOnce(S::Bindings) -> A) -> JoinPath {
        let via = self.statement.next_via();
        self.bind(|sources| association(sources).__join(JoinPlace { at: joined::<S>(), via }))
    }

    pub(super) fn push_join(&mut self, path: JoinPath, kind: Op, source: &'static SchemaMeta) {
        append(&mut self.statement, path, kind, source);
    }
}

#[inline(never)]
fn append(statement: &mut Statement, path: JoinPath, kind: Op, source: &'static SchemaMeta) {
    for (source, on) in path.via {
        statement.is_foreign |= !level::owns(statement.level, &on);
        statement.join_via(on, kind, source);
    }
    statement.is_foreign |= !level::owns(statement.level, &path.on);
    statement.join(path.on, kind, source);
}

/// The place of the next joined source, inside a closure of the query.
pub(super) fn joined<S: Sources>() -> At {
    level::here().sibling(S::COUNT)
}
