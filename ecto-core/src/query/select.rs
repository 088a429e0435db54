//! What a query selects.

use super::{Column, Expr, Op, Predicate, Raw, Token};
use crate::types::{FromRow, SqlType};

/// The items that a query selects, as tokens.
pub type SelectList = Raw;

/// Something that can be selected: a column, an expression, a whole source, a tuple of these, or the select struct of a derived
/// projection.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be selected",
    label = "expected a column, an expression, a source, or a tuple of these",
    note = "to read into a struct of your own, derive `Projection` for it and return its `…Cols` struct"
)]
pub trait Select {
    /// What a row of the result is.
    type Out: FromRow;
    #[doc(hidden)]
    fn __push_select(self, to: &mut SelectList);
}

impl<T: SqlType + FromRow> Select for Expr<T, Column> {
    type Out = T;
    #[inline]
    fn __push_select(self, to: &mut SelectList) {
        to.push(self.token());
        to.push(Token::new(Op::Item));
    }
}

impl<T: SqlType + FromRow> Select for Expr<T> {
    type Out = T;
    #[inline]
    fn __push_select(self, to: &mut SelectList) {
        push_item(self.into_raw(), to);
    }
}

impl Select for Predicate {
    type Out = Option<bool>;
    fn __push_select(self, to: &mut SelectList) {
        push_item(self.into_raw(), to);
    }
}

#[inline(never)]
fn push_item(raw: Raw, to: &mut SelectList) {
    to.append(raw);
    to.push(Token::new(Op::Item));
}

/// Selects every column of a source: what a handle does. An impl for all handles at once would spoil what the compiler says of everything else.
#[doc(hidden)]
pub fn select_row(at: super::At, to: &mut SelectList) {
    to.push(Token { op: Op::Row, at, arg: 0 });
}

macro_rules! tuple_select {
    ($($part:ident $at:tt),*) => {
        impl<$($part: Select),*> Select for ($($part,)*) {
            type Out = ($($part::Out,)*);
            #[inline]
            fn __push_select(self, to: &mut SelectList) {
                $(self.$at.__push_select(to);)*
            }
        }
    };
}
tuple_select!(A 0);
tuple_select!(A 0, B 1);
tuple_select!(A 0, B 1, C 2);
tuple_select!(A 0, B 1, C 2, D 3);
tuple_select!(A 0, B 1, C 2, D 3, E 4);
tuple_select!(A 0, B 1, C 2, D 3, E 4, F 5);
tuple_select!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple_select!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
