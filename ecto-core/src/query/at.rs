//! Where a column belongs: a place of one byte, and the closure that it was given to.

/// Which source: the nesting level of its query and its number there.
///
/// It also remembers the closure that its handle was given to, so that a handle which escapes into another query is found there. That is no
/// part of what the source is: neither equality nor the hash know it.
#[derive(Debug, Clone, Copy)]
pub struct At {
    place: u8,
    // Two bytes, as a number would round a token up to eight.
    closure: [u8; 2],
}

impl PartialEq for At {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place
    }
}

impl Eq for At {}

impl At {
    /// The root of the outermost query.
    pub const ROOT: At = At::new(0, 0);

    /// Both must be below 16; what is above is cut, and the statement then fails to be written.
    #[inline]
    #[must_use]
    pub const fn new(level: u8, binding: u8) -> Self {
        At { place: level << 4 | (binding & 15), closure: [0; 2] }
    }

    /// The root of the query whose closure has this number. Zero is no closure's: such a place was made by this library.
    #[inline]
    pub(super) const fn in_closure(level: u8, closure: u16) -> Self {
        At { place: level << 4, closure: closure.to_ne_bytes() }
    }

    /// Another source of the same query.
    #[inline]
    #[must_use]
    pub const fn sibling(self, binding: u8) -> Self {
        At { place: self.place & !15 | (binding & 15), closure: self.closure }
    }

    #[inline]
    pub(super) const fn closure(self) -> u16 {
        u16::from_ne_bytes(self.closure)
    }

    /// What the source is, without the closure.
    #[inline]
    pub(super) const fn place(self) -> u8 {
        self.place
    }

    /// The same source, when its query moves down.
    pub(super) const fn deeper(self, by: u8) -> Self {
        At { place: At::new(self.level() + by, self.binding()).place, closure: self.closure }
    }

    /// How many queries enclose the one of this source.
    #[inline]
    #[must_use]
    pub const fn level(self) -> u8 {
        self.place >> 4
    }

    /// The number of the source in its query.
    #[inline]
    #[must_use]
    pub const fn binding(self) -> u8 {
        self.place & 15
    }
}
