//! Which rows were met already, by their primary keys.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use smallvec::SmallVec;

use super::Record;
use crate::types::{Value, identity};

/// The primary key of a row.
pub type KeyValues = SmallVec<[Value; 1]>;

/// Numbers for rows, each as a pair of whom it belongs to and its primary key.
#[derive(Default)]
pub struct Seen {
    numbers: HashTable<u32>,
    rows: Vec<(u32, KeyValues)>,
}

impl Seen {
    /// None yet.
    pub fn new() -> Self {
        Seen::default()
    }

    /// Is it met for the first time? A row without a primary key always is.
    pub fn is_new<R: Record>(&mut self, owner: u32, row: &R) -> bool {
        let key: KeyValues = R::META.key.iter().map(|field| row.value(*field)).collect();
        key.is_empty() || self.number(owner, key).1
    }

    /// The number of a row, and whether it is new.
    #[inline(never)]
    pub fn number(&mut self, owner: u32, key: KeyValues) -> (u32, bool) {
        let hashed = hash(owner, &key);
        let rows = &self.rows;
        if let Some(number) = self.numbers.find(hashed, |number| is_same(&rows[*number as usize], owner, &key)) {
            return (*number, false);
        }
        // OK because nobody holds four billion rows in memory.
        let number = self.rows.len() as u32;
        self.rows.push((owner, key));
        let rows = &self.rows;
        self.numbers.insert_unique(hashed, number, |number| hash(rows[*number as usize].0, &rows[*number as usize].1));
        (number, true)
    }
}

fn is_same((owner, key): &(u32, KeyValues), other_owner: u32, other: &KeyValues) -> bool {
    *owner == other_owner && key.iter().zip(other).all(|(one, other)| identity::same(one.as_param(), other.as_param()))
}

fn hash(owner: u32, key: &KeyValues) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    hasher.write_u32(owner);
    for part in key {
        identity::hash(part.as_param(), &mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_one_number_for_each_owner() {
        let mut seen = Seen::new();
        let key = |a: i64, b: &'static str| KeyValues::from_vec(vec![Value::I64(a), Value::Text(b.into())]);
        assert_eq!(seen.number(0, key(1, "x")), (0, true));
        assert_eq!(seen.number(1, key(1, "x")), (1, true));
        assert_eq!(seen.number(0, key(1, "y")), (2, true));
        assert_eq!(seen.number(0, key(1, "x")), (0, false));
    }
}
