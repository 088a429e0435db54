//! An association as a field of a handle: what a join is told.

use std::fmt;
use std::marker::PhantomData;

use super::{Narrowed, path};
use crate::query::{At, Columns, IntoPredicate, JoinPath, JoinPlace, JoinTarget, Predicate, Query, Statement, Token, Verb, level};
use crate::schema::{Record, Relation};
use crate::types::NotNull;

/// An association of one source of a query: `u.posts`.
pub struct Assoc<Owner, Target> {
    #[doc(hidden)]
    __at: At,
    /// Its number among the relations of the owner.
    #[doc(hidden)]
    __number: u16,
    #[doc(hidden)]
    __ends: PhantomData<fn() -> (Owner, Target)>,
}

impl<Owner, Target> Assoc<Owner, Target> {
    /// Made by the derives: which source, and which of its associations.
    #[doc(hidden)]
    #[inline]
    #[must_use]
    pub const fn new(at: At, number: u16) -> Self {
        Assoc { __at: at, __number: number, __ends: PhantomData }
    }
}

impl<Owner: Record, Target: Columns> Assoc<Owner, Target> {
    fn relation(self) -> &'static Relation {
        &Owner::META.relations[usize::from(self.__number)]
    }

    /// The associated rows, as a correlated query: for `exists`, `scalar` and `in_query`.
    pub fn query(self) -> Query<Target> {
        Query::of(correlated(self.relation(), self.__at, Statement::new(Verb::Select, Target::META)))
    }

    /// Is there an associated row for which this holds?
    pub fn any<P: IntoPredicate>(self, condition: impl FnOnce(Target::Cols<NotNull>) -> P) -> Predicate {
        self.query().filter(condition).exists()
    }

    /// Only the associated rows for which this holds: for joins, where it becomes a part of `ON`. So an outer join keeps the rows that have none.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, name: String, posts: HasMany<Post> }
    /// # #[derive(Schema)] #[schema(table = "posts")] struct Post { id: i64, user_id: i64, published: bool }
    /// let counts: Query<_, (String, i64)> = User::query()
    ///     .left_join(|u| u.posts.filter(|p| p.published))
    ///     .group_by(|(u, _)| u.name)
    ///     .select(|(u, p)| (u.name, p.id.count()));
    /// ```
    pub fn filter<P: IntoPredicate, F: FnOnce(Target::Cols<NotNull>) -> P>(self, condition: F) -> Narrowed<Self, F> {
        Narrowed::new(self, condition)
    }
}

/// The rows of an association whose owner is a row of a query around them.
#[inline(never)]
fn correlated(relation: &Relation, owner: At, mut statement: Statement) -> Statement {
    statement.level = level::current();
    let hops = relation.hops();
    let column = path::back(&mut statement, &hops);
    if let Some(first) = hops.first() {
        path::keep_equal(&mut statement, column, Token::column(owner, first.from));
    }
    statement
}

#[diagnostic::do_not_recommend]
impl<Owner: Record, Target: Columns> JoinTarget for Assoc<Owner, Target> {
    type Target = Target;

    #[inline]
    fn __join(self, place: JoinPlace) -> JoinPath {
        path::forward(self.relation(), self.__at, place)
    }
}

impl<Owner, Target> Clone for Assoc<Owner, Target> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<Owner, Target> Copy for Assoc<Owner, Target> {}

impl<Owner, Target> fmt::Debug for Assoc<Owner, Target> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Assoc<{}, {}>", std::any::type_name::<Owner>(), std::any::type_name::<Target>())
    }
}
