//! What a query says about associated rows, and the port through which they are read.
//!
//! A preload is no part of the statement: it is run when the rows of the query are there, as ordinary queries of its own. What it is made of stands
//! in `association`; here is what a query must know to carry it, and what it needs of whoever runs it.

use std::sync::Arc;

use super::joined::{Fold, Joined};
use super::{Columns, Statement};
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
    label = "expected an association of `{P}`, or a tuple of these"
)]
pub trait Preload<P>: Send + Sync {
    /// Loads the rows that belong to each of these.
    ///
    /// # Errors
    /// When the database fails.
    #[doc(hidden)]
    fn __load(&self, owners: &mut [&mut P], loading: Loading<'_>) -> Result<()>;

    /// Refuses what cannot be loaded, before anything is sent.
    ///
    /// # Errors
    /// The refusal.
    #[doc(hidden)]
    fn __check(&self) -> Result<()> {
        Ok(())
    }
}

/// The preloads of a query whose rows are `O`.
pub struct Preloads<O> {
    list: Vec<Arc<dyn Preload<O>>>,
    /// Those that the query's own sources fill. Boxed, because few queries have any and a query is moved often.
    joined: Option<Box<Joined<O>>>,
    /// There was one, and then this was done to the query, which has no such rows any more.
    lost: Option<&'static str>,
}

impl<O> Preloads<O> {
    pub(crate) fn new() -> Self {
        Preloads { list: Vec::new(), joined: None, lost: None }
    }

    pub(crate) fn push(&mut self, preload: Arc<dyn Preload<O>>) {
        self.list.push(preload);
    }

    /// Appends those of another query, which is [`enclosed`](Preloads::enclosed) already.
    pub(crate) fn append(&mut self, other: Preloads<O>) {
        self.list.extend(other.list);
        self.lost = self.lost.or(other.lost);
    }

    /// What is left when something else is selected.
    pub(super) fn selected<P>(&self) -> Preloads<P> {
        let lost = self.lost.or((!self.list.is_empty() || self.joined.is_some()).then_some("select"));
        Preloads { list: Vec::new(), joined: None, lost }
    }

    /// What is left when the query becomes a part of another one: its sources are not those of the whole.
    pub(crate) fn enclosed(self, by: &'static str) -> Self {
        let lost = self.lost.or(self.joined.is_some().then_some(by));
        Preloads { list: self.list, joined: None, lost }
    }

    /// Refuses them all, because of a preload that this would have dropped.
    pub(super) fn lose(&mut self, by: &'static str) {
        self.lost = self.lost.or(Some(by));
    }

    /// Those that the query's own sources fill.
    pub(crate) fn joined(&self) -> Option<&Joined<O>> {
        self.joined.as_deref()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty() && self.joined.is_none() && self.lost.is_none()
    }

    /// Refuses what cannot be loaded, here and in queries of preloads, before anything is sent.
    pub(crate) fn check(&self) -> Result<()> {
        if let Some(operation) = self.lost {
            let hint = "call it behind that, if whole rows are selected there, or leave it out";
            return Err(QueryError::ClauseRefused { operation, clause: "a preload before it", hint }.into());
        }
        self.list.iter().try_for_each(|preload| preload.__check())
    }

    /// Refuses any preload, for what has no rows to load into.
    pub(crate) fn refuse(&self, operation: &'static str) -> Result<()> {
        if self.is_empty() {
            return Ok(());
        }
        let hint = "it has no rows to load into: leave the preload out";
        Err(QueryError::ClauseRefused { operation, clause: "a preload", hint }.into())
    }

    /// Runs those that have queries of their own, in the order in which they were called.
    pub(crate) fn load(&self, owners: &mut [&mut O], loading: Loading<'_>) -> Result<()> {
        self.list.iter().try_for_each(|preload| preload.__load(owners, loading))
    }
}

impl<O: Columns> Preloads<O> {
    pub(super) fn fill(&mut self, fold: Arc<dyn Fold<O>>) {
        self.joined.get_or_insert_with(|| Box::new(Joined::new())).fill(fold);
    }
}

impl<O> Clone for Preloads<O> {
    fn clone(&self) -> Self {
        Preloads { list: self.list.clone(), joined: self.joined.clone(), lost: self.lost }
    }
}

/// Of rows that an outer join may have left empty: those that are there.
pub(super) struct Present<R>(pub(super) Arc<dyn Preload<R>>);

#[diagnostic::do_not_recommend]
impl<R> Preload<Option<R>> for Present<R> {
    fn __load(&self, owners: &mut [&mut Option<R>], loading: Loading<'_>) -> Result<()> {
        let mut present: Vec<&mut R> = owners.iter_mut().filter_map(|owner| owner.as_mut()).collect();
        self.0.__load(&mut present, loading)
    }

    fn __check(&self) -> Result<()> {
        self.0.__check()
    }
}

macro_rules! tuple_preload {
    ($($part:ident $at:tt),*) => {
        #[diagnostic::do_not_recommend]
        impl<P, $($part: Preload<P>),*> Preload<P> for ($($part,)*) {
            fn __load(&self, owners: &mut [&mut P], loading: Loading<'_>) -> Result<()> {
                $(self.$at.__load(owners, loading)?;)*
                Ok(())
            }

            fn __check(&self) -> Result<()> {
                $(self.$at.__check()?;)*
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
