//! The value that ties two rows, by reference.

use crate::types::Scalar;

/// A key or an optional key of type `K`.
#[diagnostic::on_unimplemented(
    message = "the foreign key has type `{Self}`, but the key it refers to has type `{K}`",
    label = "a foreign key of another type",
    note = "make both the same type; a foreign key may be an `Option`"
)]
pub trait KeyRef<K> {
    /// The key, if there is one.
    fn key_ref(&self) -> Option<&K>;
}

/// How the key of a row is read.
pub type ReadKey<Row, K> = fn(&Row) -> Option<&K>;

impl<K: Scalar> KeyRef<K> for K {
    #[inline]
    fn key_ref(&self) -> Option<&K> {
        Some(self)
    }
}

impl<K: Scalar> KeyRef<K> for Option<K> {
    #[inline]
    fn key_ref(&self) -> Option<&K> {
        self.as_ref()
    }
}
