//! What a query selects.

use super::{Column, Expr, Op, Predicate, Raw, Token};
use crate::types::{FromRow, SqlType};

/// The items that a query selects, as tokens.
pub type SelectList = Raw;

/// What the derives make selectable: the handle of a source, and the select struct of a projection.
///
/// Apart from [`Select`], so that the compiler says what is wrong with a field of a projection, and not that the whole cannot be selected.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be selected",
    label = "expected a column, an expression, a source, or a tuple of these",
    note = "select a value by `value(..)`, a struct by `derive(Projection)` and its `…Cols`"
)]
pub trait Selected {
    /// What a row of the result is.
    type Row: FromRow;
    #[doc(hidden)]
    fn __push_selected(self, to: &mut SelectList);
}

/// Something that can be selected: a column, an expression, a whole source, a tuple of these, or the select struct of a derived
/// projection.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be selected",
    label = "expected a column, an expression, a source, or a tuple of these",
    note = "select a value by `value(..)`, a struct by `derive(Projection)` and its `…Cols`"
)]
pub trait Select {
    /// What a row of the result is.
    type Out: FromRow;
    #[doc(hidden)]
    fn __push_select(self, to: &mut SelectList);
}

#[diagnostic::do_not_recommend]
impl<T: SqlType + FromRow> Select for Expr<T, Column> {
    type Out = T;
    #[inline]
    fn __push_select(self, to: &mut SelectList) {
        to.push(self.token());
        to.push(Token::new(Op::Item));
    }
}

#[diagnostic::do_not_recommend]
impl<T: SqlType + FromRow> Select for Expr<T> {
    type Out = T;
    #[inline]
    fn __push_select(self, to: &mut SelectList) {
        push_item(self.into_raw(), to);
    }
}

#[diagnostic::do_not_recommend]
impl Select for Predicate {
    type Out = Option<bool>;
    fn __push_select(self, to: &mut SelectList) {
        push_item(self.into_raw(), to);
    }
}

impl<I: Selected> Select for I {
    type Out = I::Row;
    #[inline]
    fn __push_select(self, to: &mut SelectList) {
        self.__push_selected(to);
    }
}

#[inline(never)]
fn push_item(raw: Raw, to: &mut SelectList) {
    to.append(raw);
    to.push(Token::new(Op::Item));
}

/// Selects every column of a source: what a handle does.
#[doc(hidden)]
pub fn select_row(at: super::At, to: &mut SelectList) {
    to.push(Token { op: Op::Row, at, arg: 0 });
}

macro_rules! tuple_select {
    ($($part:ident $at:tt),*) => {
        #[diagnostic::do_not_recommend]
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
