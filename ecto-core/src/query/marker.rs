//! Marker traits whose only purpose is the text of a compile error.
//!
//! An associated-type equality in a bound fails with a text that cannot be worded. A one-line trait in a where-clause
//! of the method, with a blanket impl for the case that is right, fails with ours.

use std::sync::Arc;

use super::preload::Present;
use super::{Columns, Fold, Op, Operand, Preload, Preloads, Query, Raw, Sources};
use crate::types::{Nothing, Scalar, SqlType};

/// Both are the same type.
#[diagnostic::on_unimplemented(
    message = "an expression of SQL type `{Self}` cannot be compared or combined with one of SQL type `{B}`",
    label = "this is `{Self}` (or `Option<{Self}>`), but `{B}` is needed here",
    note = "both sides must agree: convert one of them with `.cast::<{B}>()`"
)]
pub trait SameType<B> {}
#[diagnostic::do_not_recommend]
impl<B> SameType<B> for B {}

/// Both have the same type, if NULL is left aside.
#[diagnostic::on_unimplemented(
    message = "an expression of type `{Self}` cannot be written into a column of type `{T}`",
    label = "expected an expression of type `{T}`",
    note = "convert it with `.cast::<..>()`, or give NULL a stand-in with `.or_else(..)`"
)]
pub trait SameBase<T> {}
#[diagnostic::do_not_recommend]
impl<T: SqlType> SameBase<T> for T {}
#[diagnostic::do_not_recommend]
impl<B: Scalar> SameBase<Option<B>> for B {}

/// What is selected can be read into the field of a projection.
#[diagnostic::on_unimplemented(
    message = "an expression of type `{Self}` is selected into a field of type `{T}`",
    label = "expected an expression of type `{T}`",
    note = "an expression that may be NULL needs a field that is an `Option`"
)]
pub trait Fills<T> {}
#[diagnostic::do_not_recommend]
impl<T> Fills<T> for T {}
#[diagnostic::do_not_recommend]
impl<T> Fills<Option<T>> for T {}

/// The rows of a query are those of its root.
#[diagnostic::on_unimplemented(message = "the query selects `{Self}`, but a preload needs whole rows of `{R}`: leave `.select(..)` out")]
pub trait WholeRow<R>: Sized {
    #[doc(hidden)]
    fn __preload_of(preload: Arc<dyn Preload<R>>) -> Arc<dyn Preload<Self>>;
}
#[diagnostic::do_not_recommend]
impl<R> WholeRow<R> for R {
    fn __preload_of(preload: Arc<dyn Preload<R>>) -> Arc<dyn Preload<R>> {
        preload
    }
}

#[diagnostic::do_not_recommend]
impl<R: 'static> WholeRow<R> for Option<R> {
    fn __preload_of(preload: Arc<dyn Preload<R>>) -> Arc<dyn Preload<Self>> {
        Arc::new(Present(preload))
    }
}

/// The rows of a query are those of its root, and none is missing.
#[diagnostic::on_unimplemented(
    message = "the query selects `{Self}`, but a joined preload needs whole rows of `{R}`: leave `.select(..)` out"
)]
pub trait RootRow<R>: Sized {
    #[doc(hidden)]
    fn __fill(preloads: &mut Preloads<Self>, fold: Arc<dyn Fold<R>>);
}
#[diagnostic::do_not_recommend]
impl<R: Columns> RootRow<R> for R {
    fn __fill(preloads: &mut Preloads<R>, fold: Arc<dyn Fold<R>>) {
        preloads.fill(fold);
    }
}

/// `bool`.
#[diagnostic::on_unimplemented(
    message = "a column or expression of type `{Self}` is not a condition",
    label = "expected a condition, as `.eq(..)` makes one"
)]
pub trait IsBool {}
#[diagnostic::do_not_recommend]
impl IsBool for bool {}

/// A pattern of `like` beside a column of type `B`: a text, beside a text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no pattern for a column of type `{B}`",
    label = "`like` compares a text column with a text"
)]
pub trait Pattern<B>: Operand<B> {
    /// Asked for so that a mistake is told in few lines: see `asked`.
    type Checked;
}
#[diagnostic::do_not_recommend]
impl<B: IsText, X: Operand<B>> Pattern<B> for X {
    type Checked = ();
}

/// `String`.
pub trait IsText {}
#[diagnostic::do_not_recommend]
impl IsText for String {}

/// A query that selects one column, which is compared with SQL type `B`.
#[diagnostic::on_unimplemented(message = "this query does not select one column of type `{B}`", label = "select one: `.select(|x| x.id)`")]
pub trait Subquery<B> {
    /// Asked for so that a mistake is told in few lines: see `asked`.
    type Checked;
    #[doc(hidden)]
    fn __push_subquery(self, op: Op, to: &mut Raw);
}
#[diagnostic::do_not_recommend]
impl<B, S: Sources, O: SqlType<Base: SameType<B>>> Subquery<B> for Query<S, O> {
    type Checked = ();
    fn __push_subquery(self, op: Op, to: &mut Raw) {
        self.push_subquery(op, to);
    }
}
#[diagnostic::do_not_recommend]
impl<B, S: Sources> Subquery<B> for Query<S, Nothing> {
    type Checked = ();
    fn __push_subquery(self, op: Op, to: &mut Raw) {
        self.push_subquery(op, to);
    }
}

/// A number.
#[diagnostic::on_unimplemented(message = "an expression of type `{Self}` is not a number")]
pub trait IsNumber: Scalar {
    /// The type of a mean.
    type Average: Scalar;
}
#[diagnostic::do_not_recommend]
impl IsNumber for i16 {
    type Average = f64;
}
#[diagnostic::do_not_recommend]
impl IsNumber for i32 {
    type Average = f64;
}
#[diagnostic::do_not_recommend]
impl IsNumber for i64 {
    type Average = f64;
}
#[diagnostic::do_not_recommend]
impl IsNumber for f32 {
    type Average = f64;
}
#[diagnostic::do_not_recommend]
impl IsNumber for f64 {
    type Average = f64;
}
#[cfg(feature = "decimal")]
#[diagnostic::do_not_recommend]
impl IsNumber for rust_decimal::Decimal {
    type Average = rust_decimal::Decimal;
}
