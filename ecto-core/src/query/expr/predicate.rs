//! Conditions. Their own type, not `Expr<bool>`: an SQL condition may be neither true nor false.

use std::ops::{BitAnd, BitOr, Not};

use super::super::marker::IsBool;
use super::super::{Condition, Op, Raw, Token};
use super::{Expr, Fragment, Repr};
use crate::types::SqlType;

/// A condition.
#[derive(Debug, Clone)]
#[must_use = "a condition does nothing until it is part of a query"]
pub struct Predicate(Raw);

impl Predicate {
    #[inline]
    pub(crate) const fn from_raw(raw: Raw) -> Self {
        Predicate(raw)
    }

    #[inline]
    pub(crate) fn into_raw(self) -> Raw {
        self.0
    }

    /// Both hold.
    #[inline]
    pub fn and<P: Condition>(self, other: P) -> Self
    where
        P::Checked: Sized,
    {
        self.combine(other.into_predicate(), Op::And)
    }

    /// At least one holds.
    #[inline]
    pub fn or<P: Condition>(self, other: P) -> Self
    where
        P::Checked: Sized,
    {
        self.combine(other.into_predicate(), Op::Or)
    }

    /// It does not hold. What is neither true nor false stays so.
    #[expect(clippy::should_implement_trait, reason = "it does, below; the method reads better in a chain")]
    pub fn not(mut self) -> Self {
        self.0.push(Token::new(Op::Not));
        self
    }

    /// All of these hold; true if there are none.
    pub fn all(predicates: impl IntoIterator<Item = Predicate>) -> Self {
        predicates.into_iter().reduce(|a, b| a.and(b)).unwrap_or_else(|| Predicate(Raw::of(Token::new(Op::True))))
    }

    /// One of these holds; false if there are none.
    pub fn any(predicates: impl IntoIterator<Item = Predicate>) -> Self {
        predicates.into_iter().reduce(|a, b| a.or(b)).unwrap_or_else(|| Predicate(Raw::of(Token::new(Op::False))))
    }

    #[inline(never)]
    fn combine(mut self, other: Predicate, op: Op) -> Self {
        self.0.append(other.0);
        self.0.push(Token::new(op));
        self
    }
}

/// Something that holds or does not: a [`Predicate`], a column of type `bool`, a fragment.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a condition",
    label = "expected a comparison such as `.eq(..)`, or a `bool` column"
)]
pub trait IntoPredicate {
    /// The condition.
    fn into_predicate(self) -> Predicate;
}

#[diagnostic::do_not_recommend]
impl IntoPredicate for Predicate {
    #[inline]
    fn into_predicate(self) -> Predicate {
        self
    }
}

#[diagnostic::do_not_recommend]
impl IntoPredicate for Fragment {
    fn into_predicate(self) -> Predicate {
        Predicate(self.into_raw())
    }
}

#[diagnostic::do_not_recommend]
impl<T: SqlType, R: Repr> IntoPredicate for Expr<T, R>
where
    T::Base: IsBool,
{
    #[inline]
    fn into_predicate(self) -> Predicate {
        Predicate(self.into_raw())
    }
}

impl<P: IntoPredicate> BitAnd<P> for Predicate {
    type Output = Predicate;
    fn bitand(self, other: P) -> Predicate {
        self.and(other)
    }
}

impl<P: IntoPredicate> BitOr<P> for Predicate {
    type Output = Predicate;
    fn bitor(self, other: P) -> Predicate {
        self.or(other)
    }
}

impl Not for Predicate {
    type Output = Predicate;
    fn not(self) -> Predicate {
        Predicate::not(self)
    }
}
