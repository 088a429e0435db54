//! How a struct is read from a row, or made of values that are known already: what the derives call once for all of its columns.
//!
//! One call instead of one expression for each field, because a derived body is checked by the compiler for each schema anew, and most of what it
//! takes is the early return behind each field: with it goes a drop of every field that was read before. Here that is checked once.

use super::{FieldMeta, Known};
use crate::error::{Result, TypeError};
use crate::types::{NoValue, Nullability, RowCursor, SqlType, Value};

/// `T`, as one that is known to be a column type: what else is given for a parameter with a bound is a second error.
pub type Itself<T> = <<T as SqlType>::Null as Nullability>::Of<<T as SqlType>::Base>;

/// Reads so many columns and hands them on.
macro_rules! columns {
    ($($name:ident: $($column:ident $value:ident),*;)*) => {$(
        #[doc(hidden)]
        #[allow(clippy::missing_errors_doc, reason = "the derives call it")]
        #[inline(always)]
        pub fn $name<Row: RowCursor, $($column: SqlType,)* Then, Out>(row: &mut Row, then: Then) -> Result<Out>
        where
            Then: FnOnce(&mut Row, $($column),*) -> Result<Out>,
        {
            $(let $value = row.read()?;)*
            then(row, $($value),*)
        }
    )*};
}
columns! {
    columns1: A a;
    columns2: A a, B b;
    columns3: A a, B b, C c;
    columns4: A a, B b, C c, D d;
    columns5: A a, B b, C c, D d, E e;
    columns6: A a, B b, C c, D d, E e, F f;
    columns7: A a, B b, C c, D d, E e, F f, G g;
    columns8: A a, B b, C c, D d, E e, F f, G g, H h;
    columns9: A a, B b, C c, D d, E e, F f, G g, H h, I i;
    columns10: A a, B b, C c, D d, E e, F f, G g, H h, I i, J j;
    columns11: A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k;
    columns12: A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l;
    columns13: A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l, M m;
    columns14: A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l, M m, N n;
    columns15: A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l, M m, N n, O o;
    columns16: A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l, M m, N n, O o, P p;
}

/// Values that are known, as a row of the columns of a struct with these fields.
pub(super) struct KnownRow<'k> {
    known: &'k mut Known,
    fields: &'static [FieldMeta],
    next: u16,
}

impl<'k> KnownRow<'k> {
    pub(super) fn new(known: &'k mut Known, fields: &'static [FieldMeta]) -> Self {
        KnownRow { known, fields, next: 0 }
    }
}

impl RowCursor for KnownRow<'_> {
    type Value<'a>
        = NoValue
    where
        Self: 'a;

    fn at(&self, index: usize) -> Result<NoValue> {
        Err(TypeError::TooFewColumns { index, found: 0 }.into())
    }

    fn next(&mut self) -> Result<NoValue> {
        self.at(usize::from(self.next))
    }

    fn peek_null(&self, _ahead: usize) -> bool {
        true
    }

    fn skip(&mut self, _count: usize) {}

    fn read<T: SqlType>(&mut self) -> Result<T> {
        while self.fields.get(usize::from(self.next)).is_some_and(|field| field.is_virtual) {
            self.next += 1;
        }
        self.next += 1;
        match self.known.take(self.next - 1) {
            Some(value) => T::from_value(value),
            None => Err(TypeError::TooFewColumns { index: usize::from(self.next) - 1, found: 0 }.into()),
        }
    }

    fn __known(&mut self, field: u16) -> Option<Value> {
        self.known.take(field)
    }
}
