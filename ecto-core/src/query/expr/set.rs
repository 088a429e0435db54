//! What an `update_all` writes.

use super::super::marker::{IsNumber, SameBase};
use super::super::{Assignable, Op, Raw, Token};
use super::{Col, Expr, Fragment, Operand, Repr};
use crate::types::{Nothing, Scalar, SqlType};

/// A new value for one column.
#[derive(Debug, Clone)]
#[must_use = "an assignment does nothing until it is part of `set`"]
pub struct Assignment(Raw);

impl<T: SqlType> Col<T> {
    /// This column gets a value: one of its type, `None` where it may be NULL, or an expression over the row as it was.
    pub fn to<X: Assignable<T>>(self, value: X) -> Assignment
    where
        X::Checked: Sized,
    {
        let mut raw = Raw::default();
        value.__push_assigned(&mut raw);
        self.assign(raw)
    }

    /// This column is raised by so much. NULL stays NULL.
    pub fn inc<X: Operand<T::Base>>(self, by: X) -> Assignment
    where
        T::Base: IsNumber,
    {
        let mut raw = self.into_raw();
        by.__push_operand(&mut raw);
        raw.push(Token::new(Op::Add));
        self.assign(raw)
    }

    fn assign(self, mut raw: Raw) -> Assignment {
        let Token { at, arg, .. } = self.token();
        raw.push(Token { op: Op::Set, at, arg });
        Assignment(raw)
    }
}

/// Something that can be written into a column of type `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit a column of type `{T}`",
    label = "expected `{T}`, or an expression of that type"
)]
pub trait Assign<T: SqlType> {
    #[doc(hidden)]
    fn __push_assigned(self, to: &mut Raw);
}

#[diagnostic::do_not_recommend]
impl<T: SqlType> Assign<T> for T {
    fn __push_assigned(self, to: &mut Raw) {
        to.push_param(T::Base::KIND, self.to_value());
    }
}

#[diagnostic::do_not_recommend]
impl<B: Scalar> Assign<Option<B>> for B {
    fn __push_assigned(self, to: &mut Raw) {
        to.push_param(B::KIND, self.to_value());
    }
}

#[diagnostic::do_not_recommend]
impl Assign<String> for &str {
    fn __push_assigned(self, to: &mut Raw) {
        Operand::<String>::__push_operand(self, to);
    }
}

#[diagnostic::do_not_recommend]
impl Assign<Option<String>> for &str {
    fn __push_assigned(self, to: &mut Raw) {
        Operand::<String>::__push_operand(self, to);
    }
}

#[diagnostic::do_not_recommend]
impl<T: SqlType, U: SqlType, R: Repr> Assign<T> for Expr<U, R>
where
    U: SameBase<T>,
{
    fn __push_assigned(self, to: &mut Raw) {
        self.append_to(to);
    }
}

#[diagnostic::do_not_recommend]
impl<T: SqlType, R: Repr> Assign<T> for Expr<Nothing, R> {
    fn __push_assigned(self, _to: &mut Raw) {}
}

#[diagnostic::do_not_recommend]
impl<T: SqlType> Assign<T> for Fragment {
    fn __push_assigned(self, to: &mut Raw) {
        to.append(self.into_raw());
    }
}

/// One assignment or several.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an assignment",
    label = "expected `column.to(value)`, `column.inc(number)`, or a tuple of these"
)]
pub trait Assignments {
    #[doc(hidden)]
    fn __push_assignments(self, to: &mut Raw);
}

#[diagnostic::do_not_recommend]
impl Assignments for Assignment {
    fn __push_assignments(self, to: &mut Raw) {
        to.append(self.0);
    }
}

#[diagnostic::do_not_recommend]
impl Assignments for Vec<Assignment> {
    fn __push_assignments(self, to: &mut Raw) {
        self.into_iter().for_each(|assignment| assignment.__push_assignments(to));
    }
}

macro_rules! tuple_assignments {
    ($($part:ident $at:tt),*) => {
        #[diagnostic::do_not_recommend]
        impl<$($part: Assignments),*> Assignments for ($($part,)*) {
            fn __push_assignments(self, to: &mut Raw) {
                $(self.$at.__push_assignments(to);)*
            }
        }
    };
}
tuple_assignments!(A 0, B 1);
tuple_assignments!(A 0, B 1, C 2);
tuple_assignments!(A 0, B 1, C 2, D 3);
tuple_assignments!(A 0, B 1, C 2, D 3, E 4);
tuple_assignments!(A 0, B 1, C 2, D 3, E 4, F 5);
