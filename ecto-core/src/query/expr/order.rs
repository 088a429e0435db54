//! By what rows are sorted.

use super::super::{Op, Raw, Token};
use super::{Expr, Fragment, Repr};

/// One key of an order.
#[derive(Debug, Clone)]
#[must_use = "an order does nothing until it is part of a query"]
pub struct Order(Raw);

/// Where NULLs stand, as the argument of [`Op::Asc`] and [`Op::Desc`].
const NULLS_FIRST: u16 = 1;
const NULLS_LAST: u16 = 2;

impl Order {
    fn new(mut raw: Raw, op: Op) -> Self {
        raw.push(Token::new(op));
        Order(raw)
    }

    /// NULLs before everything else.
    pub fn nulls_first(self) -> Self {
        self.nulls(NULLS_FIRST)
    }

    /// NULLs after everything else.
    pub fn nulls_last(self) -> Self {
        self.nulls(NULLS_LAST)
    }

    fn nulls(mut self, place: u16) -> Self {
        if let Some(token) = self.0.tokens.last_mut() {
            token.arg = place;
        }
        self
    }
}

impl<T, R: Repr> Expr<T, R> {
    /// The smallest first. NULLs stand first on SQLite and last on PostgreSQL, unless said otherwise.
    #[inline]
    pub fn asc(self) -> Order {
        Order::new(self.into_raw(), Op::Asc)
    }

    /// The greatest first. NULLs stand last on SQLite and first on PostgreSQL, unless said otherwise.
    #[inline]
    pub fn desc(self) -> Order {
        Order::new(self.into_raw(), Op::Desc)
    }
}

impl Fragment {
    /// The smallest first.
    pub fn asc(self) -> Order {
        Order::new(self.into_raw(), Op::Asc)
    }

    /// The greatest first.
    pub fn desc(self) -> Order {
        Order::new(self.into_raw(), Op::Desc)
    }
}

/// One key or several: an [`Order`], an expression (ascending), a tuple, an array or a `Vec`.
#[diagnostic::on_unimplemented(
    message = "rows cannot be sorted by `{Self}`",
    label = "expected an expression, `.asc()` or `.desc()` of one, or a tuple"
)]
pub trait IntoOrder {
    #[doc(hidden)]
    fn __push_order(self, to: &mut Raw);
}

#[diagnostic::do_not_recommend]
impl IntoOrder for Order {
    #[inline]
    fn __push_order(self, to: &mut Raw) {
        to.append(self.0);
    }
}

#[diagnostic::do_not_recommend]
impl<T, R: Repr> IntoOrder for Expr<T, R> {
    fn __push_order(self, to: &mut Raw) {
        self.asc().__push_order(to);
    }
}

#[diagnostic::do_not_recommend]
impl IntoOrder for Vec<Order> {
    fn __push_order(self, to: &mut Raw) {
        self.into_iter().for_each(|order| order.__push_order(to));
    }
}

#[diagnostic::do_not_recommend]
impl<const N: usize> IntoOrder for [Order; N] {
    fn __push_order(self, to: &mut Raw) {
        self.into_iter().for_each(|order| order.__push_order(to));
    }
}

macro_rules! tuple_order {
    ($($part:ident $at:tt),*) => {
        #[diagnostic::do_not_recommend]
        impl<$($part: IntoOrder),*> IntoOrder for ($($part,)*) {
            #[inline]
            fn __push_order(self, to: &mut Raw) {
                $(self.$at.__push_order(to);)*
            }
        }
    };
}
tuple_order!(A 0, B 1);
tuple_order!(A 0, B 1, C 2);
tuple_order!(A 0, B 1, C 2, D 3);
tuple_order!(A 0, B 1, C 2, D 3, E 4);
tuple_order!(A 0, B 1, C 2, D 3, E 4, F 5);
