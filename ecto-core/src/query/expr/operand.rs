//! What may stand beside an expression: a value of its type, or an expression of its type.

use super::super::marker::SameType;
use super::super::{Op, Raw, Token};
use super::{Expr, Fragment, Predicate, Repr};
use crate::types::{Kind, NotNull, Nothing, Null, Nullability, Scalar, SqlType, Value};

/// Something that can be compared or combined with SQL type `B`.
///
/// Exactly one integer type stands beside each `B`, so that a literal needs no suffix.
// The method has a name that nobody would call: `String` implements this, and a method `push` here would shadow `String::push`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit SQL type `{B}`",
    label = "expected `{B}`, or an expression of it; an `Option` needs `.eq_or_nil(..)`"
)]
pub trait Operand<B> {
    /// Whether it may be NULL.
    type Null: Nullability;
    #[doc(hidden)]
    fn __push_operand(self, to: &mut Raw);
}

/// A value: a parameter, or a literal where its type says so.
#[inline]
fn push_value<B: Scalar>(to: &mut Raw, value: Value) {
    if B::LITERAL { to.push_literal(value) } else { to.push_param(B::KIND, value) }
}

#[diagnostic::do_not_recommend]
impl<B: Scalar> Operand<B> for B {
    type Null = NotNull;
    #[inline]
    fn __push_operand(self, to: &mut Raw) {
        push_value::<B>(to, self.to_value());
    }
}

#[diagnostic::do_not_recommend]
impl<B: Scalar> Operand<B> for &B {
    type Null = NotNull;
    #[inline]
    fn __push_operand(self, to: &mut Raw) {
        push_value::<B>(to, self.to_value());
    }
}

#[diagnostic::do_not_recommend]
impl Operand<String> for &str {
    type Null = NotNull;
    #[inline]
    fn __push_operand(self, to: &mut Raw) {
        push_text(to, self);
    }
}

#[inline(never)]
fn push_text(to: &mut Raw, text: &str) {
    to.push_param(Kind::Text, Value::Text(text.to_owned().into()));
}

#[diagnostic::do_not_recommend]
impl<T: SqlType, R: Repr, B: Scalar> Operand<B> for Expr<T, R>
where
    T::Base: SameType<B>,
{
    type Null = T::Null;
    #[inline]
    fn __push_operand(self, to: &mut Raw) {
        self.append_to(to);
    }
}

#[diagnostic::do_not_recommend]
impl Operand<Nothing> for &str {
    type Null = NotNull;
    fn __push_operand(self, _to: &mut Raw) {}
}

#[diagnostic::do_not_recommend]
impl<B, R: Repr> Operand<B> for Expr<Nothing, R> {
    type Null = NotNull;
    fn __push_operand(self, _to: &mut Raw) {}
}

/// A fragment fits everywhere: only the database knows its type.
#[diagnostic::do_not_recommend]
impl<B: Scalar> Operand<B> for Fragment {
    type Null = Null;
    #[inline]
    fn __push_operand(self, to: &mut Raw) {
        to.append(self.into_raw());
    }
}

/// Anything with one SQL value: what a fragment takes.
#[diagnostic::on_unimplemented(message = "`{Self}` is not an SQL expression", label = "expected a column, an expression or a value")]
pub trait AnyOperand {
    #[doc(hidden)]
    fn __push_any(self, to: &mut Raw);
}

#[diagnostic::do_not_recommend]
impl<T: Scalar> AnyOperand for T {
    fn __push_any(self, to: &mut Raw) {
        push_value::<T>(to, self.to_value());
    }
}

#[diagnostic::do_not_recommend]
impl AnyOperand for &str {
    fn __push_any(self, to: &mut Raw) {
        push_text(to, self);
    }
}

#[diagnostic::do_not_recommend]
impl<T, R: Repr> AnyOperand for Expr<T, R> {
    fn __push_any(self, to: &mut Raw) {
        self.append_to(to);
    }
}

#[diagnostic::do_not_recommend]
impl AnyOperand for Fragment {
    fn __push_any(self, to: &mut Raw) {
        to.append(self.into_raw());
    }
}

#[diagnostic::do_not_recommend]
impl AnyOperand for Predicate {
    fn __push_any(self, to: &mut Raw) {
        to.append(self.into_raw());
    }
}

/// An element of the list of `in_`: a value of the column's type, by value or by reference.
#[diagnostic::on_unimplemented(
    message = "a list of `{Self}` cannot be searched for a value of SQL type `{B}`",
    label = "expected a list of `{B}` or `&{B}`"
)]
pub trait ListItem<B: Scalar> {
    #[doc(hidden)]
    fn __list_value(self) -> Value;
}

#[diagnostic::do_not_recommend]
impl<B: Scalar> ListItem<B> for B {
    #[inline]
    fn __list_value(self) -> Value {
        self.to_value()
    }
}

#[diagnostic::do_not_recommend]
impl<B: Scalar> ListItem<B> for &B {
    #[inline]
    fn __list_value(self) -> Value {
        self.to_value()
    }
}

#[diagnostic::do_not_recommend]
impl ListItem<String> for &str {
    fn __list_value(self) -> Value {
        Value::Text(self.to_owned().into())
    }
}

#[diagnostic::do_not_recommend]
impl ListItem<String> for &&str {
    fn __list_value(self) -> Value {
        Value::Text((*self).to_owned().into())
    }
}

/// A list as one parameter.
#[derive(Debug)]
pub struct OneOf(Vec<Value>);

impl OneOf {
    pub(super) fn collect<B: Scalar, I>(list: I) -> Self
    where
        I: IntoIterator,
        I::Item: ListItem<B>,
    {
        OneOf(list.into_iter().map(ListItem::__list_value).collect())
    }

    #[inline(never)]
    pub(super) fn push(self, kind: Kind, to: &mut Raw) {
        to.push(Token::with(Op::ListParam, kind as u16));
        to.params.push(Value::List(self.0.into()));
        to.push(Token::new(Op::InList));
    }
}
