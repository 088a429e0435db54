//! Marker traits whose only purpose is the text of a compile error.
//!
//! An associated-type equality in a bound fails with a text that cannot be worded. A one-line trait in a where-clause
//! of the method, with a blanket impl for the case that is right, fails with ours.

use std::sync::Arc;

use super::preload::Present;
use super::{Columns, Fold, Preload, Preloads};
use crate::types::{Scalar, SqlType};

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
#[diagnostic::on_unimplemented(
    message = "the query selects `{Self}`, but a preload needs whole rows of `{R}`",
    label = "this query does not select `{R}`",
    note = "leave `.select(..)` out, or load associations of rows that you have: `repo.preload(&mut rows, ..)`"
)]
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
    message = "the query selects `{Self}`, but a joined preload needs whole rows of `{R}`",
    label = "this query does not select `{R}`",
    note = "leave `.select(..)` out; after a right or full join, `.preload(..)` loads into the rows that are there"
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
    label = "expected a condition, found SQL type `{Self}`",
    note = "compare it: .eq(..), .gt(..), .is_not_nil() ..."
)]
pub trait Boolean {}
impl Boolean for bool {}

/// Text.
#[diagnostic::on_unimplemented(message = "`like` needs a text column, this one is `{Self}`", label = "not a text column")]
pub trait Textual {}
impl Textual for String {}

/// A number.
#[diagnostic::on_unimplemented(
    message = "SQL type `{Self}` is not a number",
    label = "expected a column or expression of a number type: i16, i32, i64, f32, f64, Decimal"
)]
pub trait Numeric: Scalar {
    /// The type of a mean.
    type Average: Scalar;
}
impl Numeric for i16 {
    type Average = f64;
}
impl Numeric for i32 {
    type Average = f64;
}
impl Numeric for i64 {
    type Average = f64;
}
impl Numeric for f32 {
    type Average = f64;
}
impl Numeric for f64 {
    type Average = f64;
}
#[cfg(feature = "decimal")]
impl Numeric for rust_decimal::Decimal {
    type Average = rust_decimal::Decimal;
}

/// Never implemented: the bound of an operand that is an `Option`.
#[diagnostic::on_unimplemented(
    message = "an `Option` cannot be compared: in SQL, `= NULL` is never true",
    label = "this is an `Option`",
    note = "use `.is_nil()`, or `match` on the `Option` first, or `.eq_or_nil(..)` where `None` shall match NULL"
)]
pub trait NilComparison {}

/// What [`NilComparison`] is asked of, so that its text does not name a type parameter.
pub struct OptionOf<T>(std::marker::PhantomData<T>);
