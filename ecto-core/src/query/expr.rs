//! Typed expressions: columns, values and what is made of them. Each appends tokens; none knows SQL.
//!
//! The inherent methods are written out and take their conditions in where-clauses with marker traits ([`marker`](super::marker)), because
//! that is what gives compile errors of a few lines that name the mistake.

mod aggregate;
mod arithmetic;
mod compare;
mod fragment;
mod operand;
mod order;
mod predicate;
mod set;

use std::fmt;
use std::marker::PhantomData;

pub use aggregate::count;
pub use fragment::{Fragment, fragment, placeholders};
pub use operand::{AnyOperand, ListItem, OneOf, Operand};
pub use order::{IntoOrder, Order};
pub use predicate::{IntoPredicate, Predicate};
pub use set::{Assign, Assignment, Assignments};

use super::{At, Op, Raw, Token};
use crate::types::{Scalar, SqlType};

/// An SQL expression whose value is a `T`.
///
/// `R` says how it is held: [`Column`] for a column of a source, which is four bytes and `Copy`, [`Raw`] for everything else.
#[must_use = "an expression does nothing until it is part of a query"]
pub struct Expr<T, R = Raw> {
    repr: R,
    of: PhantomData<fn() -> T>,
}

/// How an [`Expr`] is held if it is a column.
#[derive(Debug, Clone, Copy)]
pub struct Column(Token);

/// A column of type `T`: what the fields of a handle are.
pub type Col<T> = Expr<T, Column>;

/// The column of a source: what the derives make a handle of. A function, because that of a type with many of them is searched for each time.
#[doc(hidden)]
#[inline]
pub const fn column<T>(at: At, field: u16) -> Col<T> {
    Expr { repr: Column(Token::column(at, field)), of: PhantomData }
}

/// How an [`Expr`] is held.
pub trait Repr {
    #[doc(hidden)]
    fn __into_raw(self) -> Raw;
    #[doc(hidden)]
    fn __append_to(self, raw: &mut Raw);
}

impl Repr for Column {
    #[inline]
    fn __into_raw(self) -> Raw {
        Raw::of(self.0)
    }

    #[inline]
    fn __append_to(self, raw: &mut Raw) {
        raw.push(self.0);
    }
}

impl Repr for Raw {
    #[inline]
    fn __into_raw(self) -> Raw {
        self
    }

    #[inline]
    fn __append_to(self, raw: &mut Raw) {
        raw.append(self);
    }
}

impl<T> Col<T> {
    #[inline]
    pub(crate) const fn token(&self) -> Token {
        self.repr.0
    }
}

impl<T> Expr<T> {
    #[inline]
    pub(crate) const fn from_raw(raw: Raw) -> Self {
        Expr { repr: raw, of: PhantomData }
    }
}

impl<T, R: Repr> Expr<T, R> {
    #[inline]
    pub(crate) fn into_raw(self) -> Raw {
        self.repr.__into_raw()
    }

    #[inline]
    pub(crate) fn append_to(self, raw: &mut Raw) {
        self.repr.__append_to(raw);
    }

    /// This expression with an operator behind it.
    #[inline]
    fn then<U>(self, op: Token) -> Expr<U> {
        let mut raw = self.into_raw();
        raw.push(op);
        Expr::from_raw(raw)
    }
}

impl<T: SqlType, R: Repr> Expr<T, R> {
    /// `CAST(… AS …)`: the same value as another type. NULL stays NULL.
    ///
    /// What the database cannot convert is an error of the database on PostgreSQL; SQLite converts what it can.
    #[inline]
    pub fn cast<B: Scalar>(self) -> Expr<<T::Null as crate::types::Nullability>::Of<B>> {
        self.then(Token::with(Op::Cast, B::KIND as u16))
    }
}

impl<T, R: Clone> Clone for Expr<T, R> {
    #[inline]
    fn clone(&self) -> Self {
        Expr { repr: self.repr.clone(), of: PhantomData }
    }
}

impl<T, R: Copy> Copy for Expr<T, R> {}

impl<T, R: fmt::Debug> fmt::Debug for Expr<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.repr.fmt(f)
    }
}

/// A value as an expression, sent as a parameter: for select lists and for the left side of a comparison.
///
/// On the right side of a comparison the bare value does the same.
#[inline]
pub fn value<T: Scalar>(value: T) -> Expr<T> {
    let mut raw = Raw::default();
    raw.push_param(T::KIND, value.to_value());
    Expr::from_raw(raw)
}

/// A value that is written into the SQL text, safely quoted, instead of being sent as a parameter.
///
/// A planner sees it, and can so choose a partial index or a prefix search; each value is a statement of its own, so use it
/// for the few values of a constant, never for what users type. `bool` and derived enums are written so anyway.
#[inline]
pub fn lit<T: Scalar>(value: T) -> Expr<T> {
    let mut raw = Raw::default();
    raw.push_literal(value.to_value());
    Expr::from_raw(raw)
}
