//! Which owners wait for the rows of which key.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use crate::types::identity::{self, same};
use crate::types::{Param, Value};

/// Stands for the end of a chain.
const END: u32 = u32::MAX;

/// The owners that wait, each key once.
#[derive(Default)]
pub struct Index {
    /// From the hash of a key to its number.
    numbers: HashTable<u32>,
    keys: Vec<Value>,
    /// For each key, the place of the first owner and of the last one that wait for it.
    ends: Vec<(u32, u32)>,
    /// All that wait.
    waiting: Vec<Waiting>,
}

/// From which place each owner takes its rows.
#[derive(Debug, PartialEq)]
pub struct Places {
    /// The number of an owner and that of its place; none where there is nothing to take.
    pub of_owners: Vec<(u32, Option<u32>)>,
    /// How many places there are.
    pub count: usize,
}

/// One owner.
struct Waiting {
    /// Its number in the list of owners.
    owner: u32,
    /// The number of its key; none if that is NULL.
    key: Option<u32>,
    /// The place of the next one with the same key.
    next: u32,
}

impl Index {
    /// An owner waits for the rows of its key; for none if it has no key.
    #[inline(never)]
    pub fn add(&mut self, owner: u32, key: Option<Value>) {
        // OK because there are no more places than owners, whose numbers are of this type.
        let place = self.waiting.len() as u32;
        let key = key.filter(|key| !key.is_null()).map(|key| self.number(key));
        if let Some(key) = key {
            self.chain(key, place);
        }
        self.waiting.push(Waiting { owner, key, next: END });
    }

    fn number(&mut self, key: Value) -> u32 {
        let hash = hash(key.as_param());
        if let Some(number) = self.numbers.find(hash, |number| same(self.keys[*number as usize].as_param(), key.as_param())) {
            return *number;
        }
        // OK because there are no more keys than owners.
        let number = self.keys.len() as u32;
        self.keys.push(key);
        self.ends.push((END, END));
        let keys = &self.keys;
        self.numbers.insert_unique(hash, number, |number| self::hash(keys[*number as usize].as_param()));
        number
    }

    fn chain(&mut self, key: u32, place: u32) {
        let (first, last) = &mut self.ends[key as usize];
        if *first == END {
            *first = place;
        } else {
            self.waiting[*last as usize].next = place;
        }
        *last = place;
    }

    /// The keys, in the order of the owners.
    pub fn keys(&self) -> &[Value] {
        &self.keys
    }

    /// The number of a key. `last` is tried first, since rows of one key often come together.
    #[inline]
    pub fn find(&self, key: Param<'_>, last: u32) -> Option<u32> {
        if self.keys.get(last as usize).is_some_and(|other| same(other.as_param(), key)) {
            return Some(last);
        }
        self.numbers.find(hash(key), |number| same(self.keys[*number as usize].as_param(), key)).copied()
    }

    /// The places that wait for a key.
    pub fn waiting(&self, key: u32) -> impl Iterator<Item = u32> + '_ {
        let next = |place: u32| self.waiting.get(place as usize).map(|waiting| waiting.next).filter(|next| *next != END);
        std::iter::successors(self.ends.get(key as usize).map(|ends| ends.0), move |place| next(*place))
    }

    /// From which place each owner takes its rows: each from its own, or all that wait for a key from that of the key.
    pub fn places(&self, shared: bool) -> Places {
        let place = |(place, waiting): (u32, &Waiting)| (waiting.owner, if shared { waiting.key } else { Some(place) });
        let count = if shared { self.keys.len() } else { self.waiting.len() };
        Places { of_owners: (0..).zip(&self.waiting).map(place).collect(), count }
    }
}

fn hash(key: Param<'_>) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    identity::hash(key, &mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_stands_once_and_knows_who_waits_for_it() {
        let mut index = Index::default();
        for (owner, key) in [(0, Some("a")), (2, None), (3, Some("b")), (4, Some("a"))] {
            index.add(owner, key.map(|key| Value::Text(key.into())));
        }
        assert_eq!(index.keys(), [Value::Text("a".into()), Value::Text("b".into())]);
        assert_eq!(index.find(Param::Text("b"), 0), Some(1));
        assert_eq!(index.find(Param::Text("c"), 1), None);
        assert_eq!(index.waiting(0).collect::<Vec<_>>(), [0, 3]);
        assert_eq!(index.places(true), Places { of_owners: vec![(0, Some(0)), (2, None), (3, Some(1)), (4, Some(0))], count: 2 });
        assert_eq!(index.places(false), Places { of_owners: vec![(0, Some(0)), (2, Some(1)), (3, Some(2)), (4, Some(3))], count: 4 });
    }
}
