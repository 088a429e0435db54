//! The value that ties two rows, by reference.

use crate::types::{Nothing, Scalar};

/// A key or an optional key of type `K`.
#[diagnostic::on_unimplemented(
    message = "the foreign key has type `{Self}`, but the key it refers to has type `{K}`",
    label = "make both the same type; a foreign key may be an `Option`"
)]
pub trait KeyRef<K> {
    /// The key, if there is one.
    fn key_ref(&self) -> Option<&K>;
}

/// How the key of a row is read.
pub type ReadKey<Row, K> = fn(&Row) -> Option<&K>;

#[diagnostic::do_not_recommend]
impl<K: Scalar> KeyRef<K> for K {
    #[inline]
    fn key_ref(&self) -> Option<&K> {
        Some(self)
    }
}

#[diagnostic::do_not_recommend]
impl KeyRef<Nothing> for Option<Nothing> {
    fn key_ref(&self) -> Option<&Nothing> {
        self.as_ref()
    }
}

#[diagnostic::do_not_recommend]
impl<K: Scalar> KeyRef<K> for Option<K> {
    #[inline]
    fn key_ref(&self) -> Option<&K> {
        self.as_ref()
    }
}
