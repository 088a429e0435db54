//! What a query says about associated rows, and the port through which they are read.
//!
//! A preload is no part of the statement: it is run when the rows of the query are there, as ordinary queries of its own. What it is made of stands
//! in `association`; here is what a query must know to carry it, and what it needs of whoever runs it.

use std::sync::Arc;

use super::Statement;
use crate::error::{QueryError, Result};
use crate::types::AnyRow;

/// Runs the queries of a preload.
pub trait Reader {
    /// Runs a query and hands over its rows, one after the other.
    ///
    /// # Errors
    /// When the database fails, and what `each` said.
    fn read(&self, statement: &Statement, each: &mut dyn FnMut(&mut dyn AnyRow) -> Result<()>) -> Result<()>;
}

/// How a preload is to be run.
#[derive(Clone, Copy)]
pub struct Loading<'r> {
    /// By whom.
    pub reader: &'r dyn Reader,
    /// Also where rows were loaded already.
    pub again: bool,
}

/// What `preload` takes: an association of `P`, one with `.then(..)` or `.with(..)`, or a tuple of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an association of `{P}`",
    label = "expected an association of `{P}`, as in `{P}::posts`",
    note = "the associations of what it leads to are preloaded with `.then(..)`; several with a tuple"
)]
pub trait Preload<P>: Send + Sync {
    /// Loads the rows that belong to each of these.
    ///
    /// # Errors
    /// When the database fails.
    #[doc(hidden)]
    fn __load(&self, owners: &mut [&mut P], loading: Loading<'_>) -> Result<()>;
}

/// The preloads of a query whose rows are `O`.
pub struct Preloads<O> {
    list: Vec<Arc<dyn Preload<O>>>,
    /// There was one, and then the query was made to select something else.
    lost: bool,
}

impl<O> Preloads<O> {
    pub(crate) fn new() -> Self {
        Preloads { list: Vec::new(), lost: false }
    }

    pub(crate) fn push(&mut self, preload: Arc<dyn Preload<O>>) {
        self.list.push(preload);
    }

    pub(crate) fn append(&mut self, other: Preloads<O>) {
        self.list.extend(other.list);
        self.lost |= other.lost;
    }

    /// What is left when something else is selected.
    pub(super) fn selected<P>(&self) -> Preloads<P> {
        Preloads { list: Vec::new(), lost: self.lost || !self.list.is_empty() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty() && !self.lost
    }

    /// Refuses a preload of rows that are not selected, before anything is sent.
    pub(crate) fn check(&self) -> Result<()> {
        if self.lost {
            let hint = "call `.preload(..)` behind `.select(..)`, if whole rows are selected, or leave it out";
            return Err(QueryError::ClauseRefused { operation: "select", clause: "a preload before it", hint }.into());
        }
        Ok(())
    }

    /// Refuses any preload, for what has no rows to load into.
    pub(crate) fn refuse(&self, operation: &'static str) -> Result<()> {
        if self.is_empty() {
            return Ok(());
        }
        let hint = "it has no rows to load into: leave the preload out";
        Err(QueryError::ClauseRefused { operation, clause: "a preload", hint }.into())
    }

    /// Runs them all, in the order in which they were called.
    pub(crate) fn load(&self, owners: &mut [&mut O], loading: Loading<'_>) -> Result<()> {
        self.check()?;
        self.list.iter().try_for_each(|preload| preload.__load(owners, loading))
    }
}

impl<O> Clone for Preloads<O> {
    fn clone(&self) -> Self {
        Preloads { list: self.list.clone(), lost: self.lost }
    }
}

macro_rules! tuple_preload {
    ($($part:ident $at:tt),*) => {
        impl<P, $($part: Preload<P>),*> Preload<P> for ($($part,)*) {
            fn __load(&self, owners: &mut [&mut P], loading: Loading<'_>) -> Result<()> {
                $(self.$at.__load(owners, loading)?;)*
                Ok(())
            }
        }
    };
}
tuple_preload!(A 0);
tuple_preload!(A 0, B 1);
tuple_preload!(A 0, B 1, C 2);
tuple_preload!(A 0, B 1, C 2, D 3);
tuple_preload!(A 0, B 1, C 2, D 3, E 4);
tuple_preload!(A 0, B 1, C 2, D 3, E 4, F 5);
tuple_preload!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple_preload!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
