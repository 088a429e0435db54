//! What a connection remembers of the statements it has run: the SQL text, and whatever its driver prepared.
//!
//! Bounded, because an application can build statements of any number of shapes. The one that goes is found by a clock: each use sets a
//! mark, and the hand that looks for a place takes marks away until it meets an entry without one. So a use costs one store, and no list
//! is kept in order.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

use super::Outline;
use super::sql::list::ListShape;
use crate::error::Result;
use crate::query::Statement;

/// How many statements a connection remembers unless it is told otherwise.
pub(super) const DEFAULT_CAPACITY: usize = 256;

/// What a statement is looked up by.
#[derive(Clone, Copy)]
pub(super) enum Key<'a> {
    /// Its shape, and, where lists are expanded in the text, the shape of each list.
    Shape(&'a Statement, &'a [ListShape]),
    /// The outline of one on one row.
    Outline(Outline),
    /// The same for many rows at once, where that has a text of its own.
    Bulk(&'a Statement),
    /// Its text.
    Text(&'a str),
}

/// A [`Key`] that is kept.
enum OwnKey {
    Shape(Box<Statement>, Box<[ListShape]>),
    Outline(Outline),
    Bulk(Box<Statement>),
    Text(Box<str>),
}

struct Slot<E> {
    hash: u64,
    key: OwnKey,
    used: bool,
    entry: E,
}

/// A bounded cache of statements.
pub(super) struct Statements<E> {
    /// From hash to the place in `slots`.
    places: HashTable<usize>,
    slots: Vec<Slot<E>>,
    hand: usize,
    capacity: usize,
}

impl<E> Statements<E> {
    /// With room for so many, at least one.
    pub(super) fn new(capacity: usize) -> Self {
        Statements { places: HashTable::new(), slots: Vec::new(), hand: 0, capacity: capacity.max(1) }
    }

    /// What is remembered of the statement; made, and the longest unused one forgotten, if nothing is.
    ///
    /// # Errors
    /// What `make` said.
    #[inline]
    pub(super) fn get_or_make(&mut self, key: Key<'_>, make: impl FnOnce() -> Result<E>) -> Result<&mut E> {
        let hash = key.hash();
        let place = match self.find(key, hash) {
            Some(place) => place,
            None => {
                let entry = make()?;
                self.insert(key, hash, entry)
            }
        };
        let slot = &mut self.slots[place];
        slot.used = true;
        Ok(&mut slot.entry)
    }

    /// Forgets one statement.
    pub(super) fn forget(&mut self, key: Key<'_>) {
        let hash = key.hash();
        if let Some(place) = self.find(key, hash) {
            self.remove(place);
        }
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.places.clear();
        self.slots.clear();
        self.hand = 0;
    }

    #[inline]
    fn find(&self, key: Key<'_>, hash: u64) -> Option<usize> {
        self.places.find(hash, |place| self.slots[*place].holds(key, hash)).copied()
    }

    #[cold]
    #[inline(never)]
    fn insert(&mut self, key: Key<'_>, hash: u64, entry: E) -> usize {
        if self.slots.len() == self.capacity {
            let oldest = self.oldest();
            self.remove(oldest);
        }
        let place = self.slots.len();
        self.slots.push(Slot { hash, key: key.own(), used: true, entry });
        let slots = &self.slots;
        self.places.insert_unique(hash, place, |place| slots[*place].hash);
        place
    }

    /// The first without a mark; the marks on the way are taken away.
    fn oldest(&mut self) -> usize {
        loop {
            self.hand = (self.hand + 1) % self.slots.len();
            let slot = &mut self.slots[self.hand];
            if !slot.used {
                return self.hand;
            }
            slot.used = false;
        }
    }

    fn remove(&mut self, place: usize) {
        self.unlink(place);
        let last = self.slots.len() - 1;
        if place != last {
            self.unlink(last);
            let (hash, slots) = (self.slots[last].hash, &self.slots);
            self.places.insert_unique(hash, place, |place| slots[*place].hash);
        }
        self.slots.swap_remove(place);
    }

    /// Takes a place out of the table; its slot stays.
    fn unlink(&mut self, place: usize) {
        let (hash, slots) = (self.slots[place].hash, &self.slots);
        if let Entry::Occupied(entry) = self.places.entry(hash, |found| *found == place, |place| slots[*place].hash) {
            entry.remove();
        }
    }
}

impl<E> Slot<E> {
    #[inline]
    fn holds(&self, key: Key<'_>, hash: u64) -> bool {
        self.hash == hash
            && match (&self.key, key) {
                (OwnKey::Shape(mine, lists), Key::Shape(other, other_lists)) => **lists == *other_lists && mine.same_shape(other),
                (OwnKey::Outline(mine), Key::Outline(other)) => *mine == other,
                (OwnKey::Bulk(mine), Key::Bulk(other)) => mine.same_shape(other),
                (OwnKey::Text(mine), Key::Text(other)) => **mine == *other,
                _ => false,
            }
    }
}

impl Key<'_> {
    #[inline]
    fn hash(&self) -> u64 {
        // A fixed seed: shapes come from the program, not from its users, and collisions cost time only.
        let mut hasher = FixedState::default().build_hasher();
        match self {
            Key::Shape(statement, lists) => {
                statement.hash_shape(&mut hasher);
                for list in *lists {
                    hasher.write_usize(list.width());
                }
            }
            Key::Outline(outline) => outline.hash(&mut hasher),
            Key::Bulk(statement) => {
                statement.hash_shape(&mut hasher);
                hasher.write_u8(1);
            }
            Key::Text(text) => hasher.write(text.as_bytes()),
        }
        hasher.finish()
    }

    fn own(&self) -> OwnKey {
        match *self {
            Key::Shape(statement, lists) => OwnKey::Shape(Box::new(statement.shape()), lists.into()),
            Key::Outline(outline) => OwnKey::Outline(outline),
            Key::Bulk(statement) => OwnKey::Bulk(Box::new(statement.shape())),
            Key::Text(text) => OwnKey::Text(text.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(statements: &mut Statements<u32>, key: &str, entry: u32) -> u32 {
        *statements.get_or_make(Key::Text(key), || Ok(entry)).unwrap()
    }

    #[test]
    fn a_statement_is_made_once() {
        let mut statements = Statements::new(4);
        assert_eq!(text(&mut statements, "a", 1), 1);
        assert_eq!(text(&mut statements, "a", 2), 1);
        statements.forget(Key::Text("a"));
        assert_eq!(text(&mut statements, "a", 3), 3);
    }

    #[test]
    fn what_is_used_stays_and_the_rest_makes_room() {
        let mut statements = Statements::new(3);
        for (entry, key) in ["a", "b", "c"].into_iter().enumerate() {
            text(&mut statements, key, entry as u32);
        }
        // Full, and all have marks: the first newcomer takes them away.
        text(&mut statements, "d", 3);
        for round in 4..40 {
            text(&mut statements, "kept", 99);
            text(&mut statements, &round.to_string(), round);
            assert_eq!(text(&mut statements, "kept", 100), 99, "round {round}");
        }
        assert_eq!(statements.slots.len(), 3);
        assert_eq!(statements.places.len(), 3);
    }
}
