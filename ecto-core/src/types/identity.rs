//! Values as keys of a hash table, without copying them.

use std::hash::{Hash, Hasher};

use super::Param;

/// Are they the same key? Keys that are compared have the same Rust type, and a type has one form as a parameter.
pub fn same(a: Param<'_>, b: Param<'_>) -> bool {
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

/// Hashes a key: equal ones alike.
pub fn hash(key: Param<'_>, hasher: &mut impl Hasher) {
    match key {
        Param::Bool(x) => x.hash(hasher),
        Param::I16(x) => x.hash(hasher),
        Param::I32(x) => x.hash(hasher),
        Param::I64(x) => x.hash(hasher),
        Param::Text(x) => x.hash(hasher),
        Param::Bytes(x) => x.hash(hasher),
        Param::Date(x) => x.hash(hasher),
        Param::Time(x) => x.hash(hasher),
        Param::NaiveDateTime(x) => x.hash(hasher),
        Param::DateTime(x) => x.hash(hasher),
        Param::Uuid(x) => x.hash(hasher),
        #[cfg(feature = "decimal")]
        Param::Decimal(x) => x.hash(hasher),
        // No keys in practice, and equal ones may look different: all in one bucket, told apart by `same`.
        Param::Null | Param::F32(_) | Param::F64(_) | Param::Json(_) | Param::List(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use std::hash::BuildHasher;

    use foldhash::fast::FixedState;

    use super::*;

    fn hashed(key: Param<'_>) -> u64 {
        let mut hasher = FixedState::default().build_hasher();
        hash(key, &mut hasher);
        hasher.finish()
    }

    #[test]
    fn keys_that_are_equal_have_the_same_hash() {
        assert!(same(Param::F64(0.0), Param::F64(-0.0)) && hashed(Param::F64(0.0)) == hashed(Param::F64(-0.0)));
        assert!(!same(Param::I32(1), Param::I64(1)), "of two types");
        assert_ne!(hashed(Param::I64(1)), hashed(Param::I64(2)));
    }
}
