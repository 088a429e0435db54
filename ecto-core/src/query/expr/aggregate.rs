//! Aggregates, and what stands in for NULL.

use super::super::marker::IsNumber;
use super::super::{Comparable, Condition, Op, Raw, Token};
use super::{Expr, Repr};
use crate::types::{Nullability, SqlType};

/// The argument of an aggregate token that takes each value once.
const DISTINCT: u16 = 1;

/// `COUNT(*)`: how many rows.
pub fn count() -> Expr<i64> {
    Expr::from_raw(Raw::of(Token::new(Op::CountAll)))
}

impl<T: SqlType, R: Repr> Expr<T, R> {
    /// How many rows have a value here.
    pub fn count(self) -> Expr<i64> {
        self.then(Token::new(Op::Count))
    }

    /// How many different values there are.
    pub fn count_distinct(self) -> Expr<i64> {
        self.then(Token::with(Op::Count, DISTINCT))
    }

    /// The greatest value; `None` of no rows.
    pub fn max(self) -> Expr<Option<T::Base>> {
        self.then(Token::new(Op::Max))
    }

    /// The smallest value; `None` of no rows.
    pub fn min(self) -> Expr<Option<T::Base>> {
        self.then(Token::new(Op::Min))
    }

    /// The sum, in the type of the column; `None` of no rows. A sum that does not fit its type is an error when it is read.
    pub fn sum(self) -> Expr<Option<T::Base>>
    where
        T::Base: IsNumber,
    {
        self.then(Token::new(Op::Sum))
    }

    /// The sum of the different values.
    pub fn sum_distinct(self) -> Expr<Option<T::Base>>
    where
        T::Base: IsNumber,
    {
        self.then(Token::with(Op::Sum, DISTINCT))
    }

    /// The mean; `None` of no rows. A decimal of decimals, else a float.
    pub fn avg(self) -> Expr<Option<<T::Base as IsNumber>::Average>>
    where
        T::Base: IsNumber,
    {
        self.then(Token::new(Op::Avg))
    }

    /// The mean of the different values.
    pub fn avg_distinct(self) -> Expr<Option<<T::Base as IsNumber>::Average>>
    where
        T::Base: IsNumber,
    {
        self.then(Token::with(Op::Avg, DISTINCT))
    }

    /// `COALESCE`: this, or `other` where this is NULL.
    pub fn or_else<X: Comparable<T::Base>>(self, other: X) -> Expr<<X::Null as Nullability>::Of<T::Base>>
    where
        X::Checked: Sized,
    {
        let mut raw = self.into_raw();
        other.__push_operand(&mut raw);
        raw.push(Token::with(Op::Coalesce, 2));
        Expr::from_raw(raw)
    }
}

impl<T> Expr<T> {
    /// `FILTER (WHERE …)`: the aggregate of those rows for which this holds.
    pub fn filter<P: Condition>(self, condition: P) -> Self
    where
        P::Checked: Sized,
    {
        let mut raw = self.into_raw();
        raw.append(condition.into_predicate().into_raw());
        raw.push(Token::new(Op::Filter));
        Expr::from_raw(raw)
    }
}
