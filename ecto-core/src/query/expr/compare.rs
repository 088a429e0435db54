//! Comparisons.

use super::super::marker::{Pattern, Subquery};
use super::super::{Comparable, List, Op, Raw, Token};
use super::{Expr, OneOf, Operand, Predicate, Repr};
use crate::types::{Scalar, SqlType};

impl<T: SqlType, R: Repr> Expr<T, R> {
    #[inline]
    fn compare<X: Operand<T::Base>>(self, op: Op, other: X) -> Predicate {
        let mut raw = self.into_raw();
        other.__push_operand(&mut raw);
        raw.push(Token::new(op));
        Predicate::from_raw(raw)
    }

    #[inline]
    fn test(self, op: Op) -> Predicate {
        let mut raw = self.into_raw();
        raw.push(Token::new(op));
        Predicate::from_raw(raw)
    }

    /// `=`. Never true of NULL: see [`is_nil`](Expr::is_nil) and [`eq_or_nil`](Expr::eq_or_nil).
    #[inline]
    pub fn eq<X: Comparable<T::Base>>(self, other: X) -> Predicate
    where
        X::Checked: Sized,
    {
        self.compare(Op::Eq, other)
    }

    /// `<>`. Never true of NULL.
    #[inline]
    pub fn ne<X: Comparable<T::Base>>(self, other: X) -> Predicate
    where
        X::Checked: Sized,
    {
        self.compare(Op::Ne, other)
    }

    /// `>`.
    #[inline]
    pub fn gt<X: Comparable<T::Base>>(self, other: X) -> Predicate
    where
        X::Checked: Sized,
    {
        self.compare(Op::Gt, other)
    }

    /// `>=`.
    #[inline]
    pub fn ge<X: Comparable<T::Base>>(self, other: X) -> Predicate
    where
        X::Checked: Sized,
    {
        self.compare(Op::Ge, other)
    }

    /// `<`.
    #[inline]
    pub fn lt<X: Comparable<T::Base>>(self, other: X) -> Predicate
    where
        X::Checked: Sized,
    {
        self.compare(Op::Lt, other)
    }

    /// `<=`.
    #[inline]
    pub fn le<X: Comparable<T::Base>>(self, other: X) -> Predicate
    where
        X::Checked: Sized,
    {
        self.compare(Op::Le, other)
    }

    /// `BETWEEN`: not below the first and not above the second.
    #[inline]
    pub fn between<X: Comparable<T::Base>, Y: Operand<T::Base>>(self, low: X, high: Y) -> Predicate
    where
        X::Checked: Sized,
        R: Clone,
    {
        self.clone().ge(low).and(self.le(high))
    }

    /// `IS NULL`.
    #[inline]
    pub fn is_nil(self) -> Predicate {
        self.test(Op::IsNull)
    }

    /// `IS NOT NULL`.
    #[inline]
    pub fn is_not_nil(self) -> Predicate {
        self.test(Op::IsNotNull)
    }

    /// Equal, where NULL equals NULL: `None` finds the rows without a value.
    #[inline]
    pub fn eq_or_nil(self, other: Option<T::Base>) -> Predicate {
        let mut raw = self.into_raw();
        raw.push_param(T::Base::KIND, other.to_value());
        raw.push(Token::new(Op::Same));
        Predicate::from_raw(raw)
    }

    /// Equal to one of these. Never true for an empty list; one statement whatever the length, up to a power of two.
    #[inline]
    pub fn in_<I: List<T::Base>>(self, list: I) -> Predicate
    where
        I::Checked: Sized,
    {
        let mut raw = self.into_raw();
        OneOf::collect::<T::Base, I>(list).push(T::Base::KIND, &mut raw);
        Predicate::from_raw(raw)
    }

    /// Equal to one of the rows of a query that selects one column.
    pub fn in_query<Q: Subquery<T::Base>>(self, query: Q) -> Predicate
    where
        Q::Checked: Sized,
    {
        let mut raw: Raw = self.into_raw();
        query.__push_subquery(Op::InQuery, &mut raw);
        Predicate::from_raw(raw)
    }

    /// `LIKE`, with regard to case on both databases: `%` stands for any text, `_` for one character.
    #[inline]
    pub fn like<X: Pattern<T::Base>>(self, pattern: X) -> Predicate
    where
        X::Checked: Sized,
    {
        self.compare(Op::Like, pattern)
    }

    /// `LIKE` without regard to case: of every letter on PostgreSQL, of ASCII letters on SQLite.
    #[inline]
    pub fn ilike<X: Pattern<T::Base>>(self, pattern: X) -> Predicate
    where
        X::Checked: Sized,
    {
        self.compare(Op::Ilike, pattern)
    }
}
