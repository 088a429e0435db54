//! An association with the query that finds its rows, and with what is to be loaded of these.

use std::fmt;
use std::sync::Arc;

use super::{Association, load, statement};
use crate::error::Result;
use crate::query::{Attached, Loading, Loads, Node, Preload, Preloads, Query, Sources, Statement, Verb};
use crate::schema::Record;

/// What `.then(..)` and `.with(..)` make of an association.
#[must_use = "a preload does nothing until it is given to a query or a repo"]
pub struct Branch<A: Association> {
    association: A,
    query: Statement,
    then: Preloads<A::Target>,
}

impl<A: Association> Branch<A> {
    pub(crate) fn new(association: A) -> Self {
        Branch { association, query: Statement::new(Verb::Select, A::Target::META), then: Preloads::new() }
    }

    /// Loads associations of the loaded rows.
    pub fn then<P: Loads<A::Target> + 'static>(mut self, preload: P) -> Self
    where
        P::Checked: Sized,
    {
        self.then.push(Arc::new(preload));
        self
    }

    /// Loads the rows that this query finds, in its order; its limit and offset hold for each owner. A later query replaces an earlier one.
    pub fn with<S: Sources<Root = A::Target>>(mut self, query: Query<S, A::Target>) -> Self {
        let (statement, preloads) = query.into_parts();
        self.query = statement;
        self.then.append(preloads.enclosed("the query of a preload"));
        self
    }
}

#[diagnostic::do_not_recommend]
impl<A: Association> Preload<A::Owner> for Branch<A> {
    fn __load(&self, owners: &mut [&mut A::Owner], loading: Loading<'_>) -> Result<()> {
        load(self.association, &self.query, &self.then, owners, loading)
    }

    fn __check(&self) -> Result<()> {
        statement::check(&self.query)?;
        self.then.check()
    }
}

#[diagnostic::do_not_recommend]
impl<A: Association> Attached<A::Owner> for Branch<A> {
    fn __attach(self, node: &mut Node<A::Owner>) {
        node.load(Arc::new(self));
    }
}

impl<A: Association> Clone for Branch<A> {
    fn clone(&self) -> Self {
        Branch { association: self.association, query: self.query.clone(), then: self.then.clone() }
    }
}

impl<A: Association + fmt::Debug> fmt::Debug for Branch<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Branch").field(&self.association).finish()
    }
}
