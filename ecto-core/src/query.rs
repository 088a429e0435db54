//! Queries: typed at the door, data behind it.
//!
//! [`Query<S, O>`](Query) has two types, the sources that its closures receive and what a row of its result is, and an untyped
//! [`Statement`]. Each clause appends to it; nothing here runs it, and nothing here knows SQL.

mod asked;
mod ast;
mod at;
mod clause;
mod expr;
mod joined;
pub(crate) mod level;
pub mod marker;
mod plan;
mod preload;
mod select;
mod source;

use std::fmt;
use std::marker::PhantomData;

pub use asked::{Assignable, Comparable, Condition, FilledByJoin, FillerOf, GroupKeys, List, Loads, NewValues, SortKeys};
pub use ast::{Extra, Op, Per, Raw, RowLock, Statement, Token, Tokens, VIA, Verb};
pub use at::At;
pub use clause::{Combination, Combined, IntoGroup, JoinPath, JoinPlace, JoinTarget, Update};
pub use expr::{
    AnyOperand, Assign, Assignment, Assignments, Col, Column, Expr, Fragment, IntoOrder, IntoPredicate, ListItem, OneOf, Operand, Order,
    Predicate, Repr, column, count, fragment, lit, placeholders, value,
};
pub(crate) use joined::Joined;
pub use joined::{Attached, Filler, Fold, Folding, Group, JoinedInto, Met, Node};
pub use plan::check;
pub(crate) use plan::{check_per, is_clause, without, written_by_key};
pub use preload::{Loading, Preload, Preloads, Reader};
pub use select::{Select, SelectList, Selected, select_row};
pub use source::{Beside, ColOf, ColsOf, Columns, Handle, Maybe, Outer, Push, Source, Sources};

/// A query over the sources `S` whose result rows are `O`.
///
/// A plain value: it can be kept, cloned, returned from functions and extended. It does nothing until a repo runs it.
#[must_use = "a query does nothing until a repo runs it"]
pub struct Query<S: Sources, O = <S as Sources>::Root> {
    /// Boxed, because each clause takes the query by value and gives it back: what moves is one word.
    statement: Box<Statement>,
    preloads: Preloads<O>,
    types: PhantomData<fn() -> (S, O)>,
}

impl<T: Columns> Query<T> {
    /// Every row of a table: what `User::query()` returns.
    pub fn new() -> Self {
        let mut statement = Box::new(Statement::new(Verb::Select, T::META));
        statement.level = level::current();
        Query { statement, preloads: Preloads::new(), types: PhantomData }
    }

    /// The rows of a statement that has clauses already.
    pub(crate) fn of(mut statement: Statement) -> Self {
        statement.is_foreign |= !level::owns(statement.level, &statement.body);
        Query { statement: Box::new(statement), preloads: Preloads::new(), types: PhantomData }
    }
}

impl<T: Columns> Default for Query<T> {
    fn default() -> Self {
        Query::new()
    }
}

impl<S: Sources, O> Query<S, O> {
    /// Runs a closure with the bindings, one level below what encloses this query.
    #[inline]
    fn bind<R>(&mut self, closure: impl FnOnce(S::Bindings) -> R) -> R {
        let _guard = level::enter(&mut self.statement);
        closure(S::bindings(level::here()))
    }

    /// Notes whether what [`bind`](Query::bind) returned used a handle of another query.
    #[inline]
    fn inspect<const N: usize, const P: usize>(&mut self, raw: &Tokens<N, P>) {
        self.statement.is_foreign |= !level::owns(self.statement.level, raw);
    }

    /// Appends a clause and the expression that a closure returned for it.
    #[inline]
    fn clause(&mut self, raw: Raw, clause: Token) {
        self.inspect(&raw);
        self.statement.clause(raw, clause);
    }

    /// Appends clauses that a closure returned.
    #[inline]
    fn clauses(&mut self, raw: Raw) {
        self.inspect(&raw);
        self.statement.body.append(raw);
    }

    /// The same statement with other sources.
    #[inline]
    fn retyped<T: Sources>(self) -> Query<T, O> {
        Query { statement: self.statement, preloads: self.preloads, types: PhantomData }
    }

    /// The same statement with other rows, into which nothing can be loaded that was to be loaded into these.
    #[inline]
    fn reselected<T: Sources, P>(self) -> Query<T, P> {
        Query { preloads: self.preloads.selected(), statement: self.statement, types: PhantomData }
    }

    /// What is loaded for its rows.
    pub(crate) fn preloads(&self) -> &Preloads<O> {
        &self.preloads
    }

    /// The statement, and what is loaded for its rows.
    pub(crate) fn into_parts(self) -> (Statement, Preloads<O>) {
        (*self.statement, self.preloads)
    }

    /// The statement behind it.
    pub(crate) fn statement(&self) -> &Statement {
        &self.statement
    }
}

impl<S: Sources, O> Clone for Query<S, O> {
    fn clone(&self) -> Self {
        Query { statement: self.statement.clone(), preloads: self.preloads.clone(), types: PhantomData }
    }
}

impl<S: Sources, O> fmt::Debug for Query<S, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Query").field(&self.statement.root().name).finish()
    }
}
