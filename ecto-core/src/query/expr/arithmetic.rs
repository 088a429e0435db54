//! `+`, `-`, `*`, `/` of numbers. NULL beside anything is NULL, and the type says so.

use std::ops;

use super::super::marker::IsNumber;
use super::super::{Op, Token};
use super::{Expr, Operand, Repr};
use crate::types::{Nullability, SqlType};

/// The type of `T` combined with `X`: an `Option` if either is.
type Combined<T, X> =
    <<<T as SqlType>::Null as Nullability>::Or<<X as Operand<<T as SqlType>::Base>>::Null> as Nullability>::Of<<T as SqlType>::Base>;

macro_rules! operators {
    ($($trait:ident $method:ident $op:ident),*) => {$(
        impl<T: SqlType, R: Repr, X: Operand<T::Base>> ops::$trait<X> for Expr<T, R>
        where
            T::Base: IsNumber,
        {
            type Output = Expr<Combined<T, X>>;
            #[inline]
            fn $method(self, other: X) -> Self::Output {
                let mut raw = self.into_raw();
                other.__push_operand(&mut raw);
                raw.push(Token::new(Op::$op));
                Expr::from_raw(raw)
            }
        }
    )*};
}
operators!(Add add Add, Sub sub Sub, Mul mul Mul, Div div Div);

impl<T: SqlType, R: Repr> ops::Neg for Expr<T, R>
where
    T::Base: IsNumber,
{
    type Output = Expr<T>;
    fn neg(self) -> Expr<T> {
        self.then(Token::new(Op::Negate))
    }
}
