//! Primary keys of any shape.

use smallvec::SmallVec;

use crate::types::{Scalar, Value};

/// The shape of a primary key: a scalar, a tuple of two to four, or `()` where there is none.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot be a primary key", label = "expected a column type or a tuple of column types")]
pub trait Key: Clone + Send + Sync + 'static {
    /// How many columns it has.
    const COLUMNS: usize;

    /// Its values, in the order of the key's columns.
    fn values(&self) -> SmallVec<[Value; 2]>;
}

#[diagnostic::do_not_recommend]
impl Key for () {
    const COLUMNS: usize = 0;

    fn values(&self) -> SmallVec<[Value; 2]> {
        SmallVec::new()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Scalar> Key for T {
    const COLUMNS: usize = 1;

    #[inline]
    fn values(&self) -> SmallVec<[Value; 2]> {
        let mut values = SmallVec::new();
        values.push(self.to_value());
        values
    }
}

macro_rules! tuple_key {
    ($count:literal; $($part:ident $at:tt),*) => {
        #[diagnostic::do_not_recommend]
        impl<$($part: Scalar),*> Key for ($($part,)*) {
            const COLUMNS: usize = $count;

            fn values(&self) -> SmallVec<[Value; 2]> {
                let mut values = SmallVec::new();
                $(values.push(self.$at.to_value());)*
                values
            }
        }
    };
}
tuple_key!(2; A 0, B 1);
tuple_key!(3; A 0, B 1, C 2);
tuple_key!(4; A 0, B 1, C 2, D 3);
