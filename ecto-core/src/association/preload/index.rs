//! Which owners wait for the rows of which key.

use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::fast::FixedState;
use hashbrown::HashTable;

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

    /// How many owners wait.
    pub fn len(&self) -> usize {
        self.waiting.len()
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

    /// For each place, the number of its owner, and that of its key.
    pub fn places(&self) -> impl Iterator<Item = (usize, Option<usize>)> + '_ {
        self.waiting.iter().map(|waiting| (waiting.owner as usize, waiting.key.map(|key| key as usize)))
    }
}

/// Both ends of an association have the same Rust type, and a type has one form as a parameter.
fn same(a: Param<'_>, b: Param<'_>) -> bool {
    match (a, b) {
        (Param::Bool(a), Param::Bool(b)) => a == b,
        (Param::I16(a), Param::I16(b)) => a == b,
        (Param::I32(a), Param::I32(b)) => a == b,
        (Param::I64(a), Param::I64(b)) => a == b,
        (Param::F32(a), Param::F32(b)) => a == b,
        (Param::F64(a), Param::F64(b)) => a == b,
        (Param::Text(a), Param::Text(b)) => a == b,
        (Param::Bytes(a), Param::Bytes(b)) => a == b,
        (Param::Date(a), Param::Date(b)) => a == b,
        (Param::Time(a), Param::Time(b)) => a == b,
        (Param::NaiveDateTime(a), Param::NaiveDateTime(b)) => a == b,
        (Param::DateTime(a), Param::DateTime(b)) => a == b,
        (Param::Json(a), Param::Json(b)) => a == b,
        (Param::Uuid(a), Param::Uuid(b)) => a == b,
        #[cfg(feature = "decimal")]
        (Param::Decimal(a), Param::Decimal(b)) => a == b,
        _ => false,
    }
}

fn hash(key: Param<'_>) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    match key {
        Param::Bool(x) => x.hash(&mut hasher),
        Param::I16(x) => x.hash(&mut hasher),
        Param::I32(x) => x.hash(&mut hasher),
        Param::I64(x) => x.hash(&mut hasher),
        Param::Text(x) => x.hash(&mut hasher),
        Param::Bytes(x) => x.hash(&mut hasher),
        Param::Date(x) => x.hash(&mut hasher),
        Param::Time(x) => x.hash(&mut hasher),
        Param::NaiveDateTime(x) => x.hash(&mut hasher),
        Param::DateTime(x) => x.hash(&mut hasher),
        Param::Uuid(x) => x.hash(&mut hasher),
        #[cfg(feature = "decimal")]
        Param::Decimal(x) => x.hash(&mut hasher),
        // No keys in practice, and equal ones may look different: all in one bucket, told apart by `same`.
        Param::Null | Param::F32(_) | Param::F64(_) | Param::Json(_) | Param::List(_) => {}
    }
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
        assert_eq!(index.places().collect::<Vec<_>>(), [(0, Some(0)), (2, None), (3, Some(1)), (4, Some(0))]);
    }

    #[test]
    fn keys_that_are_equal_have_the_same_hash() {
        assert!(same(Param::F64(0.0), Param::F64(-0.0)) && hash(Param::F64(0.0)) == hash(Param::F64(-0.0)));
        assert!(!same(Param::I32(1), Param::I64(1)), "of two types");
        assert_ne!(hash(Param::I64(1)), hash(Param::I64(2)));
    }
}
