//! The rows of one source, each once for whom it belongs to.

use smallvec::SmallVec;

use super::{Folding, Node};
use crate::error::{QueryError, Result};
use crate::query::{Columns, Loading, Preloads};
use crate::schema::{KeyValues, Seen};
use crate::types::{AnyRow, Kind, load_any_from, load_value};

/// The rows of one source while they are read.
pub struct Group<'n, T> {
    seen: Seen,
    rows: Vec<T>,
    /// Where the primary key stands among the columns of a row.
    key: SmallVec<[(usize, Kind); 2]>,
    children: Vec<Box<dyn Folding<T> + 'n>>,
    then: &'n Preloads<T>,
}

/// A row that was met.
#[derive(Debug, Clone, Copy)]
pub struct Met {
    /// Its number.
    pub number: u32,
    /// For the first time?
    pub is_new: bool,
}

impl<'n, T: Columns> Group<'n, T> {
    /// Ready for the first row.
    ///
    /// # Errors
    /// When the rows have no primary key: nothing says which of them are the same.
    pub fn new(node: &'n Node<T>) -> Result<Self> {
        let is_key = |(_, field): &(usize, u16)| T::META.key.contains(field);
        let kind_of = |(place, field): (usize, u16)| (place, T::META.fields[usize::from(field)].kind);
        let key: SmallVec<_> = T::META.columns().enumerate().filter(is_key).map(kind_of).collect();
        if key.is_empty() {
            let hint = "load them with `.preload(..)`, or declare a primary key";
            return Err(QueryError::ClauseRefused { operation: "a joined preload", clause: "rows without a primary key", hint }.into());
        }
        node.then.check()?;
        let children = node.joined.iter().map(|fold| fold.begin()).collect::<Result<_>>()?;
        Ok(Group { seen: Seen::new(), rows: Vec::new(), key, children, then: &node.then })
    }

    /// Takes the row that begins at this column, and what belongs to it. Returns which row that was, and the next column.
    ///
    /// # Errors
    /// When a column does not fit its field.
    pub fn take(&mut self, owner: Option<u32>, row: &mut dyn AnyRow, at: usize) -> Result<(Option<Met>, usize)> {
        let met = match owner {
            Some(owner) => self.meet(owner, row, at)?,
            None => None,
        };
        let mut next = at + T::WIDTH;
        for child in &mut self.children {
            next = child.take(met.map(|met| met.number), row, next)?;
        }
        Ok((met, next))
    }

    /// None if an outer join left it empty.
    fn meet(&mut self, owner: u32, row: &mut dyn AnyRow, at: usize) -> Result<Option<Met>> {
        if self.key.iter().all(|(place, _)| row.is_null(at + place)) {
            return Ok(None);
        }
        let key = self.key.iter().map(|(place, kind)| load_value(row, at + place, *kind)).collect::<Result<KeyValues>>()?;
        let (number, is_new) = self.seen.number(owner, key);
        if is_new {
            self.rows.push(load_any_from(row, at)?);
        }
        Ok(Some(Met { number, is_new }))
    }

    /// The rows, with everything that belongs to them.
    ///
    /// # Errors
    /// When what is to be loaded of them cannot be.
    pub fn finish(mut self, loading: Loading<'_>) -> Result<Vec<T>> {
        let mut owners: Vec<&mut T> = self.rows.iter_mut().collect();
        self.children.into_iter().try_for_each(|child| child.finish(&mut owners, loading))?;
        self.then.load(&mut owners, loading)?;
        Ok(self.rows)
    }
}
