//! `SET`: what `update_all` writes.

use super::super::{NewValues, Preloads, Query, Raw, Sources, Statement, Verb, written_by_key};
use std::marker::PhantomData;

/// A query with what is to be written into its rows. Made by [`Query::set`], run by `repo.update_all`.
#[must_use = "an update does nothing until a repo runs it"]
pub struct Update<S: Sources> {
    query: Query<S, ()>,
}

impl<S: Sources, O> Query<S, O> {
    /// New values for columns of the root. Takes one assignment or a tuple of them, and may be called again.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, age: Option<i32>, confirmed: bool, visits: i64 }
    /// let update = User::query().filter(|u| u.age.lt(18)).set(|u| (u.confirmed.to(false), u.visits.inc(1)));
    /// ```
    pub fn set<A: NewValues>(self, assignments: impl FnOnce(S::Bindings) -> A) -> Update<S>
    where
        A::Checked: Sized,
    {
        Update { query: Query { preloads: self.preloads.selected(), statement: self.statement, types: PhantomData } }.set(assignments)
    }
}

impl<S: Sources> Update<S> {
    /// Further values.
    pub fn set<A: NewValues>(mut self, assignments: impl FnOnce(S::Bindings) -> A) -> Self
    where
        A::Checked: Sized,
    {
        let assignments = self.query.bind(assignments);
        let mut raw = Raw::default();
        assignments.__push_assignments(&mut raw);
        self.query.clauses(raw);
        self
    }

    /// What was to be loaded for the rows.
    pub(crate) fn preloads(&self) -> &Preloads<()> {
        self.query.preloads()
    }

    /// The statement behind it.
    pub(crate) fn statement(&self) -> Statement {
        written_by_key(Statement { verb: Verb::Update, ..self.query.statement().clone() })
    }
}

impl<S: Sources> Clone for Update<S> {
    fn clone(&self) -> Self {
        Update { query: self.query.clone() }
    }
}
