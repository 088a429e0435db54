//! FNV-1a, 64 bits: the same on every machine and in every version, so that what is hashed may be kept.

use std::fmt;

/// What was added, in one number. Texts are written to it.
pub(crate) struct Hash(pub(crate) u64);

impl Default for Hash {
    fn default() -> Self {
        Hash(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    pub(crate) fn add(&mut self, bytes: impl Iterator<Item = u8>) {
        self.0 = bytes.fold(self.0, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    }
}

impl fmt::Write for Hash {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.add(text.bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As everybody else computes it.
    #[test]
    fn it_is_fnv() {
        for (text, hash) in [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)] {
            let mut own = Hash::default();
            own.add(text.bytes());
            assert_eq!(own.0, hash, "{text}");
        }
    }
}
