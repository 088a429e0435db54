//! The traits of operands and of what closures return, as methods ask for them.
//!
//! On a mistake the compiler shows the method whose bound does not hold: its module, its line and the bound twice, which is more than the rest of
//! the text. It does not where the bound is one step away, behind a trait with a blanket impl, and where the method asks something of a type
//! in that trait, too, which is looked at first. So each of these has a `Checked`, and the methods say `X::Checked: Sized`.

use super::{Assign, Assignments, Filler, IntoGroup, IntoOrder, IntoPredicate, JoinedInto, ListItem, Operand, Preload};
use crate::types::{Scalar, SqlType};

/// Something that can be compared or combined with SQL type `B`: an [`Operand`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit SQL type `{B}`",
    label = "expected `{B}`, or an expression of it; an `Option` needs `.eq_or_nil(..)`"
)]
pub trait Comparable<B>: Operand<B> {
    /// Asked for so that a mistake is told in few lines.
    type Checked;
}

#[diagnostic::do_not_recommend]
impl<B, X: Operand<B>> Comparable<B> for X {
    type Checked = ();
}

/// Something that holds or does not: see [`IntoPredicate`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a condition",
    label = "expected a comparison such as `.eq(..)`, or a `bool` column"
)]
pub trait Condition: IntoPredicate {
    /// Asked for so that a mistake is told in few lines.
    type Checked;
}

#[diagnostic::do_not_recommend]
impl<X: IntoPredicate> Condition for X {
    type Checked = ();
}

/// One key of an order or several: see [`IntoOrder`].
#[diagnostic::on_unimplemented(
    message = "rows cannot be sorted by `{Self}`",
    label = "expected an expression, `.asc()` or `.desc()` of one, or a tuple"
)]
pub trait SortKeys: IntoOrder {
    /// Asked for so that a mistake is told in few lines.
    type Checked;
}

#[diagnostic::do_not_recommend]
impl<X: IntoOrder> SortKeys for X {
    type Checked = ();
}

/// What rows can be grouped by: see [`IntoGroup`].
#[diagnostic::on_unimplemented(
    message = "rows cannot be grouped by `{Self}`",
    label = "expected a column, an expression, or a tuple of these"
)]
pub trait GroupKeys: IntoGroup {
    /// Asked for so that a mistake is told in few lines.
    type Checked;
}

#[diagnostic::do_not_recommend]
impl<X: IntoGroup> GroupKeys for X {
    type Checked = ();
}

/// One assignment or several: see [`Assignments`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an assignment",
    label = "expected `column.to(value)`, `column.inc(number)`, or a tuple of these"
)]
pub trait NewValues: Assignments {
    /// Asked for so that a mistake is told in few lines.
    type Checked;
}

#[diagnostic::do_not_recommend]
impl<X: Assignments> NewValues for X {
    type Checked = ();
}

/// Something that can be written into a column of type `T`: see [`Assign`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit a column of type `{T}`",
    label = "expected `{T}`, or an expression of that type"
)]
pub trait Assignable<T: SqlType>: Assign<T> {
    /// Asked for so that a mistake is told in few lines.
    type Checked;
}

#[diagnostic::do_not_recommend]
impl<T: SqlType, X: Assign<T>> Assignable<T> for X {
    type Checked = ();
}

/// A list of values of SQL type `B`, or of references to these: see [`ListItem`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of values for SQL type `{B}`",
    label = "expected a list of `{B}` or `&{B}`"
)]
pub trait List<B: Scalar>: IntoIterator<Item: ListItem<B>> {
    /// Asked for so that a mistake is told in few lines.
    type Checked;
}

#[diagnostic::do_not_recommend]
impl<B: Scalar, I: IntoIterator<Item: ListItem<B>>> List<B> for I {
    type Checked = ();
}

/// What a preload of rows of `R` takes: see [`Preload`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an association of `{R}`",
    label = "expected an association of `{R}`, or a tuple of these"
)]
pub trait Loads<R>: Preload<R> {
    /// Asked for so that a mistake is told in few lines.
    type Checked;
}

#[diagnostic::do_not_recommend]
impl<R, P: Preload<R>> Loads<R> for P {
    type Checked = ();
}

/// What `preload_joined` takes for rows of `R`: see [`JoinedInto`].
#[diagnostic::on_unimplemented(message = "`{Self}` is not an association of `{R}`", label = "expected an association of `{R}`")]
pub trait FilledByJoin<R>: JoinedInto<R> {
    /// Asked for so that a mistake is told in few lines.
    type Checked;
}

#[diagnostic::do_not_recommend]
impl<R, A: JoinedInto<R>> FilledByJoin<R> for A {
    type Checked = ();
}

/// What says which source fills an association with rows of `T`: see [`Filler`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which source has the rows of `{T}`",
    label = "expected the handle of a source of `{T}`, as in `|(_, p)| p`"
)]
pub trait FillerOf<T>: Filler<T> {
    /// Asked for so that a mistake is told in few lines.
    type Checked;
}

#[diagnostic::do_not_recommend]
impl<T, F: Filler<T>> FillerOf<T> for F {
    type Checked = ();
}
