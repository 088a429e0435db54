//! `UNION` and its kin: the rows of two queries as one.
//!
//! Combinations happen in the order in which they are written, on every database; each side keeps its own order and limit. The whole has no source
//! that a closure could receive, so it takes a limit and an offset and nothing else: what needs columns reads from it
//! ([`Query::from_subquery`]).

use std::marker::PhantomData;
use std::sync::Arc;

use super::super::{At, Extra, Op, Query, Sources, Statement, Token, Verb, level};

/// The sources of a combination, as its closures receive them: none.
pub struct Combined<S>(PhantomData<S>);

#[diagnostic::do_not_recommend]
impl<S: Sources> Sources for Combined<S> {
    type Root = S::Root;
    type Bindings = ();
    type AsMaybe = Self;
    const COUNT: u8 = 1;

    #[inline]
    fn bindings(_: At) -> Self::Bindings {}
}

/// How a query is combined with what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combination {
    /// Rows of either, each once.
    Union,
    /// Rows of either.
    UnionAll,
    /// Rows of both.
    Intersect,
    /// Rows of the first that are not in the second.
    Except,
}

impl Combination {
    /// The argument of [`Op::Combine`].
    fn token(self) -> Token {
        Token::with(Op::Combine, self as u16)
    }

    /// The inverse.
    pub(crate) fn of(token: Token) -> Self {
        const ALL: [Combination; 4] = [Combination::Union, Combination::UnionAll, Combination::Intersect, Combination::Except];
        ALL[usize::from(token.arg) % ALL.len()]
    }
}

impl<S: Sources, O> Query<S, O> {
    /// The rows of either query, each once. Both must select the same types.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, name: String, age: Option<i32> }
    /// # #[derive(Schema)] #[schema(table = "teams")] struct Team { id: i64, name: String }
    /// let names: Query<_, String> = User::query().select(|u| u.name).union(Team::query().select(|t| t.name)).limit(10);
    ///
    /// let ends = User::query().order_by(|u| u.id).limit(3).union_all(User::query().order_by(|u| u.id.desc()).limit(3));
    /// let sorted = Query::from_subquery(ends).order_by(|u| u.name);
    /// ```
    pub fn union<T: Sources>(self, other: Query<T, O>) -> Query<Combined<S>, O> {
        self.combined(Combination::Union, other)
    }

    /// The rows of either query, as often as they are there.
    pub fn union_all<T: Sources>(self, other: Query<T, O>) -> Query<Combined<S>, O> {
        self.combined(Combination::UnionAll, other)
    }

    /// The rows that are in both queries, each once.
    pub fn intersect<T: Sources>(self, other: Query<T, O>) -> Query<Combined<S>, O> {
        self.combined(Combination::Intersect, other)
    }

    /// The rows of this query that are not in the other one, each once.
    pub fn except<T: Sources>(self, other: Query<T, O>) -> Query<Combined<S>, O> {
        self.combined(Combination::Except, other)
    }

    /// What is preloaded for the rows of either is preloaded for all.
    fn combined<T: Sources>(self, how: Combination, other: Query<T, O>) -> Query<Combined<S>, O> {
        let mut preloads = self.preloads.enclosed("a combination of queries");
        preloads.append(other.preloads.enclosed("a combination of queries"));
        Query { statement: Box::new(combine(*self.statement, how, *other.statement)), preloads, types: PhantomData }
    }
}

fn combine(first: Statement, how: Combination, second: Statement) -> Statement {
    let level = level::current();
    let mut combined = Statement::new(Verb::Select, first.root());
    combined.level = level;
    for (how, mut part) in [(Combination::Union, first), (how, second)] {
        level::adopt(&mut part, level);
        combined.body.extras.push(Extra::Statement(Arc::new(part)));
        combined.body.push(how.token());
    }
    combined
}
