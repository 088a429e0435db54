//! Queries: typed at the door, data behind it.
//!
//! [`Query<S, O>`](Query) has two types, the sources that its closures receive and what a row of its result is, and one field, an untyped
//! [`Statement`]. Each clause appends to it; nothing here runs it, and nothing here knows SQL.

mod ast;
mod clause;
mod expr;
mod level;
pub mod marker;
mod plan;
mod select;
mod source;

use std::fmt;
use std::marker::PhantomData;

pub use ast::{At, Extra, Op, Raw, RowLock, Statement, Token, Tokens, Verb};
pub use clause::{JoinTarget, Update};
pub use expr::{
    AnyOperand, Assign, Assignment, Assignments, Col, Column, Expr, Fragment, IntoOrder, IntoPredicate, ListItem, OneOf, Operand, Order,
    Predicate, Repr, count, fragment, lit, placeholders, value,
};
pub use plan::check;
pub use select::{Select, SelectList, select_row};
pub use source::{ColOf, ColsOf, Columns, Maybe, Push, Source, Sources};

/// A query over the sources `S` whose result rows are `O`.
///
/// A plain value: it can be kept, cloned, returned from functions and extended. It does nothing until a repo runs it.
#[must_use = "a query does nothing until a repo runs it"]
pub struct Query<S: Sources, O = <S as Sources>::Root> {
    statement: Statement,
    types: PhantomData<fn() -> (S, O)>,
}

impl<T: Columns> Query<T> {
    /// Every row of a table: what `User::query()` returns.
    pub fn new() -> Self {
        let mut statement = Statement::new(Verb::Select, T::META);
        statement.level = level::current();
        Query { statement, types: PhantomData }
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
        closure(S::bindings(self.statement.level))
    }

    /// The level that [`bind`](Query::bind) will give this query.
    fn level_inside(&self) -> u8 {
        self.statement.level.max(level::current())
    }

    /// The same statement with other types.
    #[inline]
    fn retyped<T: Sources, P>(self) -> Query<T, P> {
        Query { statement: self.statement, types: PhantomData }
    }

    /// The statement behind it.
    pub(crate) fn statement(&self) -> &Statement {
        &self.statement
    }
}

impl<S: Sources, O> Clone for Query<S, O> {
    fn clone(&self) -> Self {
        Query { statement: self.statement.clone(), types: PhantomData }
    }
}

impl<S: Sources, O> fmt::Debug for Query<S, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Query").field(&self.statement.root().name).finish()
    }
}
