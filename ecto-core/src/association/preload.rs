//! Preloads: from keys of owners to a query, and from its rows to the owners.
//!
//! One query for each association of the tree, whatever the number of owners: the keys are gathered once each, the rows are read by
//! `key IN (…)` in the order of their query, and moved to the owners that hold the key. No row is cloned: where two owners in the list have the same key,
//! the row is read from the driver for each; what `belongs_to` refers to is shared. Nothing here knows a database: rows come through a
//! [`Reader`](crate::query::Reader).

mod branch;
mod index;
mod joined;
mod kind;
mod statement;

pub use branch::Branch;
pub use joined::JoinedBranch;
pub use kind::Association;

use super::ReadKey;
use crate::error::Result;
use crate::query::{Columns, Loading, Preloads, Statement};
use crate::schema::Seen;
use crate::types::{AnyRow, FromRow, SqlType, load_any, load_column};
use index::{Index, Places};

/// The rows of a preload, each with the number of the place it goes to: an owner, or a key if it is shared.
pub struct Found<T> {
    places: Vec<u32>,
    rows: Vec<T>,
}

/// Loads one association of all owners, and what is to be loaded of its rows.
fn load<A: Association>(
    association: A,
    query: &Statement,
    then: &Preloads<A::Target>,
    owners: &mut [&mut A::Owner],
    loading: Loading<'_>,
) -> Result<()> {
    let index = pending(association, !then.is_empty(), owners, loading.again);
    let mut found = read(association, query, &index, loading)?;
    if !then.is_empty() {
        let mut rows: Vec<&mut A::Target> = found.rows.iter_mut().collect();
        if !loading.again {
            rows.extend(owners.iter_mut().flat_map(|owner| association.__rows_mut(owner)));
        }
        then.load(&mut rows, loading)?;
    }
    association.__fill(owners, &index.places(A::SHARES), found);
    Ok(())
}

/// The owners that wait for rows, by their keys.
fn pending<A: Association>(association: A, changes_rows: bool, owners: &mut [&mut A::Owner], again: bool) -> Index {
    let mut index = Index::default();
    for (owner, at) in owners.iter_mut().zip(0u32..) {
        if again || !association.__is_loaded(owner, changes_rows) {
            index.add(at, association.__owner_key(owner).map(SqlType::to_value));
        }
    }
    index
}

fn read<A: Association>(association: A, query: &Statement, index: &Index, loading: Loading<'_>) -> Result<Found<A::Target>> {
    let mut found = Found { places: Vec::new(), rows: Vec::new() };
    if index.keys().is_empty() {
        return Ok(found);
    }
    let relation = association.__relation();
    let statement = statement::of_keys(query, relation, index.keys());
    let related_key = association.__related_key();
    let mut seen = statement::is_through(relation).then(Seen::new);
    let mut last = 0;
    loading.reader.read(&statement, &mut |row| {
        let related: A::Target = load_any(row)?;
        let Some(key) = number_of::<A>(&related, related_key, row, index, last)? else { return Ok(()) };
        last = key;
        let is_new = seen.as_mut().is_none_or(|seen| seen.is_new(key, &related));
        if is_new { found.take::<A>(key, related, index, row) } else { Ok(()) }
    })?;
    Ok(found)
}

/// The number of the key that ties a row to its owners; it stands in the row, or beside it.
#[inline]
fn number_of<A: Association>(
    related: &A::Target,
    related_key: Option<ReadKey<A::Target, A::Key>>,
    row: &mut dyn AnyRow,
    index: &Index,
    last: u32,
) -> Result<Option<u32>> {
    match related_key {
        Some(key_of) => Ok(key_of(related).and_then(|key| index.find(key.as_param(), last))),
        None => {
            let key: Option<A::Key> = load_column(row, A::Target::WIDTH)?;
            Ok(key.and_then(|key| index.find(key.as_param(), last)))
        }
    }
}

impl<T: Columns> Found<T> {
    fn take<A: Association<Target = T>>(&mut self, key: u32, related: T, index: &Index, row: &mut dyn AnyRow) -> Result<()> {
        if A::SHARES {
            self.push(key, related);
            return Ok(());
        }
        let mut waiting = index.waiting(key);
        let first = waiting.next();
        for place in waiting {
            self.push(place, load_any(row)?);
        }
        if let Some(place) = first {
            self.push(place, related);
        }
        Ok(())
    }

    fn push(&mut self, place: u32, row: T) {
        self.places.push(place);
        self.rows.push(row);
    }

    /// One list for each of `count` places, in the order of the query.
    fn into_lists(self, count: usize) -> Vec<Vec<T>> {
        let mut sizes = vec![0; count];
        for place in &self.places {
            sizes[*place as usize] += 1;
        }
        let mut lists: Vec<Vec<T>> = sizes.into_iter().map(Vec::with_capacity).collect();
        for (place, row) in self.places.into_iter().zip(self.rows) {
            lists[place as usize].push(row);
        }
        lists
    }

    /// Hands each owner the list of its own place.
    fn each_list(self, places: &Places, mut each: impl FnMut(usize, Vec<T>)) {
        let mut lists = self.into_lists(places.count);
        for (owner, place) in &places.of_owners {
            each(*owner as usize, place.map(|place| std::mem::take(&mut lists[place as usize])).unwrap_or_default());
        }
    }
}
