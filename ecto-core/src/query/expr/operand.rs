//! What may stand beside an expression: a value of its type, or an expression of its type.

use super::super::marker::{NilComparison, OptionOf, SameType};
use super::super::{Op, Raw, Token};
use super::{Expr, Fragment, Predicate, Repr};
use crate::types::{Kind, NotNull, Null, Nullability, Scalar, SqlType, Value};

/// Something that can be compared or combined with SQL type `B`.
///
/// Exactly one integer type stands beside each `B`, so that a literal needs no suffix.
// The method has a name that nobody would call: `String` implements this, and a method `push` here would shadow `String::push`.
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` cannot be compared or combined with SQL type `{B}`",
    label = "expected `{B}`, or a column or expression of type `{B}` or `Option<{B}>`",
    note = "both sides must agree: use a value of type `{B}`, or `.cast::<..>()` on one side"
)]
pub trait Operand<B: Scalar> {
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

impl<B: Scalar> Operand<B> for B {
    type Null = NotNull;
    #[inline]
    fn __push_operand(self, to: &mut Raw) {
        push_value::<B>(to, self.to_value());
    }
}

impl<B: Scalar> Operand<B> for &B {
    type Null = NotNull;
    #[inline]
    fn __push_operand(self, to: &mut Raw) {
        push_value::<B>(to, self.to_value());
    }
}

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

/// A fragment fits everywhere: only the database knows its type.
impl<B: Scalar> Operand<B> for Fragment {
    type Null = Null;
    #[inline]
    fn __push_operand(self, to: &mut Raw) {
        to.append(self.into_raw());
    }
}

/// Never usable: the bound cannot be met, and its message says why.
#[diagnostic::do_not_recommend]
impl<B: Scalar> Operand<B> for Option<B>
where
    OptionOf<B>: NilComparison,
{
    type Null = Null;
    fn __push_operand(self, to: &mut Raw) {
        to.push_param(B::KIND, self.to_value());
    }
}

/// Anything with one SQL value: what a fragment takes.
#[diagnostic::on_unimplemented(message = "`{Self}` is not an SQL expression", label = "expected a column, an expression or a value")]
pub trait AnyOperand {
    #[doc(hidden)]
    fn __push_any(self, to: &mut Raw);
}

impl<T: Scalar> AnyOperand for T {
    fn __push_any(self, to: &mut Raw) {
        push_value::<T>(to, self.to_value());
    }
}

impl AnyOperand for &str {
    fn __push_any(self, to: &mut Raw) {
        push_text(to, self);
    }
}

impl<T, R: Repr> AnyOperand for Expr<T, R> {
    fn __push_any(self, to: &mut Raw) {
        self.append_to(to);
    }
}

impl AnyOperand for Fragment {
    fn __push_any(self, to: &mut Raw) {
        to.append(self.into_raw());
    }
}

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

impl<B: Scalar> ListItem<B> for B {
    #[inline]
    fn __list_value(self) -> Value {
        self.to_value()
    }
}

impl<B: Scalar> ListItem<B> for &B {
    #[inline]
    fn __list_value(self) -> Value {
        self.to_value()
    }
}

impl ListItem<String> for &str {
    fn __list_value(self) -> Value {
        Value::Text(self.to_owned().into())
    }
}

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
