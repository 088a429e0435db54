//! Rows of a join, folded into the associations that they belong to: what `preload_joined` does.
//!
//! The query selects its root and behind it every source that fills an association. Each row is read once: the root if its primary key is new, then
//! each of the others if its key is new to the row that it belongs to. What the associations are made of stands in `association`.

mod group;

use std::sync::Arc;

use super::{Columns, Handle, Loading, Preloads, Raw, SelectList, Statement, select_row};
use crate::error::{QueryError, Result};
use crate::types::AnyRow;
pub use group::{Group, Met};

/// One association that a source fills.
pub trait Fold<P>: Send + Sync {
    /// Selects what it reads.
    fn select(&self, to: &mut SelectList);
    /// Ready for the first row.
    ///
    /// # Errors
    /// When its rows cannot be told apart.
    fn begin(&self) -> Result<Box<dyn Folding<P> + '_>>;
}

/// One association while rows are read.
pub trait Folding<P> {
    /// Takes its part of a row, which begins at this column and belongs to the owner of this number; to none where an outer join left it empty.
    /// Returns the next column.
    ///
    /// # Errors
    /// When a column does not fit its field.
    fn take(&mut self, owner: Option<u32>, row: &mut dyn AnyRow, at: usize) -> Result<usize>;

    /// Hands the rows to their owners.
    ///
    /// # Errors
    /// When what is to be loaded of the rows cannot be.
    fn finish(self: Box<Self>, owners: &mut [&mut P], loading: Loading<'_>) -> Result<()>;
}

/// A source, and what is loaded of its rows.
pub struct Node<T> {
    /// Which source, as the item of a select.
    row: SelectList,
    joined: Vec<Arc<dyn Fold<T>>>,
    then: Preloads<T>,
}

impl<T> Node<T> {
    fn new(row: SelectList) -> Self {
        Node { row, joined: Vec::new(), then: Preloads::new() }
    }

    /// Also fills this association of its rows.
    pub fn fill(&mut self, fold: Arc<dyn Fold<T>>) {
        self.joined.push(fold);
    }

    /// Also loads this of its rows.
    pub fn load(&mut self, preload: Arc<dyn super::Preload<T>>) {
        self.then.push(preload);
    }

    /// Selects its rows, and those below.
    pub fn select(&self, to: &mut SelectList) {
        to.append(self.row.clone());
        self.joined.iter().for_each(|fold| fold.select(to));
    }
}

/// What the closure of `preload_joined` returns: the handle of the source that fills the association; or a tuple of the handle and what else is
/// loaded of its rows.
pub trait Filler<T> {
    #[doc(hidden)]
    fn __node(self) -> Node<T>;
}

/// The source holds what the association leads to.
pub trait HoldsRowsOf<T> {}
#[diagnostic::do_not_recommend]
impl<T> HoldsRowsOf<T> for T {}

#[diagnostic::do_not_recommend]
impl<T: Columns, H: Handle> Filler<T> for H
where
    H::Record: HoldsRowsOf<T>,
{
    fn __node(self) -> Node<T> {
        let mut row = SelectList::default();
        select_row(self.__at(), &mut row);
        Node::new(row)
    }
}

/// An association of `P` that a source can fill.
pub trait JoinedInto<P> {
    /// What it leads to.
    type Target: Columns;
    #[doc(hidden)]
    fn __fold(self, node: Node<Self::Target>) -> Arc<dyn Fold<P>>;
}

/// What else is loaded of the rows of a source: an association with `.joined(..)`, or one by a query of its own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be loaded of rows of `{T}`",
    label = "expected an association of `{T}`: `.joined(..)` for one of the sources, else as in `.preload(..)`"
)]
pub trait Attached<T> {
    #[doc(hidden)]
    fn __attach(self, node: &mut Node<T>);
}

macro_rules! tuple_filler {
    ($($part:ident $at:tt),*) => {
        #[diagnostic::do_not_recommend]
        impl<T: Columns, H: Handle, $($part: Attached<T>),*> Filler<T> for (H, $($part),*)
        where
            H::Record: HoldsRowsOf<T>,
        {
            fn __node(self) -> Node<T> {
                let mut node = self.0.__node();
                $(self.$at.__attach(&mut node);)*
                node
            }
        }
    };
}
tuple_filler!(A 1);
tuple_filler!(A 1, B 2);
tuple_filler!(A 1, B 2, C 3);
tuple_filler!(A 1, B 2, C 3, D 4);

/// The associations that the sources of a query fill.
pub(crate) struct Joined<O> {
    root: Node<O>,
    run: fn(&Joined<O>, &Statement, Loading<'_>) -> Result<Vec<O>>,
}

impl<O: Columns> Joined<O> {
    /// None yet.
    pub(super) fn new() -> Self {
        Joined { root: Node::new(SelectList::default()), run: Joined::fold }
    }

    /// Reads the rows of a query, each once.
    fn fold(&self, statement: &Statement, loading: Loading<'_>) -> Result<Vec<O>> {
        let mut group = Group::new(&self.root)?;
        loading.reader.read(&self.selecting(statement), &mut |row| group.take(Some(0), row, 0).map(drop))?;
        group.finish(loading)
    }

    /// The query with everything that is read.
    fn selecting(&self, statement: &Statement) -> Statement {
        let mut statement = statement.clone();
        if statement.select.tokens.is_empty() {
            select_row(super::At::new(statement.level, 0), &mut statement.select);
        }
        self.root.select(&mut statement.select);
        statement
    }
}

impl<O> Joined<O> {
    /// Also fills this association.
    pub(super) fn fill(&mut self, fold: Arc<dyn Fold<O>>) {
        self.root.fill(fold);
    }

    /// Runs a query and folds its rows.
    ///
    /// # Errors
    /// When the query has a limit, which would count joined rows; when the database fails.
    pub(crate) fn run(&self, statement: &Statement, loading: Loading<'_>) -> Result<Vec<O>> {
        if statement.bounds().next().is_some() {
            let hint = "it would count joined rows: load with `.preload(..)`, or limit the root alone by `Query::from_subquery(..)` before the joins";
            return Err(QueryError::ClauseRefused { operation: "a joined preload", clause: "a limit or an offset", hint }.into());
        }
        (self.run)(self, statement, loading)
    }
}

impl<O> Clone for Node<O> {
    fn clone(&self) -> Self {
        Node { row: self.row.clone(), joined: self.joined.clone(), then: self.then.clone() }
    }
}

impl<O> Clone for Joined<O> {
    fn clone(&self) -> Self {
        Joined { root: self.root.clone(), run: self.run }
    }
}

/// What a node selects, to be looked at for handles of other queries.
pub(super) fn selected<T>(fold: &dyn Fold<T>) -> Raw {
    let mut list = SelectList::default();
    fold.select(&mut list);
    list
}
