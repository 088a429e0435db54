//! Rows of a bulk insert, borrowed: a tuple of fields, and tuples of values that fit them.

use crate::schema::{Field, Record};
use crate::types::{Param, Scalar, SqlType};

/// A value for a column of type `T`.
#[diagnostic::on_unimplemented(message = "`{Self}` does not fit a column of type `{T}`", label = "expected `{T}`, or a reference to it")]
pub trait Cell<T: SqlType>: Sync {
    #[doc(hidden)]
    fn __param(&self) -> Param<'_>;
}

#[diagnostic::do_not_recommend]
impl<T: SqlType> Cell<T> for T {
    fn __param(&self) -> Param<'_> {
        self.as_param()
    }
}

#[diagnostic::do_not_recommend]
impl<T: SqlType> Cell<T> for &T {
    fn __param(&self) -> Param<'_> {
        self.as_param()
    }
}

#[diagnostic::do_not_recommend]
impl<B: Scalar> Cell<Option<B>> for B {
    fn __param(&self) -> Param<'_> {
        self.as_param()
    }
}

#[diagnostic::do_not_recommend]
impl Cell<String> for &str {
    fn __param(&self) -> Param<'_> {
        Param::Text(self)
    }
}

#[diagnostic::do_not_recommend]
impl Cell<Option<String>> for &str {
    fn __param(&self) -> Param<'_> {
        Param::Text(self)
    }
}

#[diagnostic::do_not_recommend]
impl Cell<Option<String>> for Option<&str> {
    fn __param(&self) -> Param<'_> {
        self.map_or(Param::Null, Param::Text)
    }
}

#[diagnostic::do_not_recommend]
impl Cell<Vec<u8>> for &[u8] {
    fn __param(&self) -> Param<'_> {
        Param::Bytes(self)
    }
}

/// Fields of one schema, and a row of values for them: `(User::name, User::email)` and `("Al", "al@x")`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row of values for these fields",
    label = "expected a tuple with one value for each field, as in `(\"Al\",)`"
)]
pub trait Cells<F>: Sync {
    /// How many.
    const WIDTH: usize;
    #[doc(hidden)]
    fn __cell(&self, column: usize) -> Param<'_>;
}

/// The numbers of a tuple of fields of `S`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tuple of fields of `{S}`",
    label = "expected a tuple of fields, as in `({S}::id,)`"
)]
pub trait RowFields<S> {
    #[doc(hidden)]
    fn __numbers(&self) -> Vec<u16>;
}

/// [`Cells`], as `rows` asks for them: one step away, with something that is looked at first, so that a mistake is told in few lines.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row of values for these fields",
    label = "expected a tuple with one value for each field, as in `(\"Al\",)`"
)]
pub trait RowOf<F>: Cells<F> {
    /// Nothing.
    type Checked;
}

#[diagnostic::do_not_recommend]
impl<F, R: Cells<F>> RowOf<F> for R {
    type Checked = ();
}

/// [`RowFields`], as `rows` asks for them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tuple of fields of `{S}`",
    label = "expected a tuple of fields, as in `({S}::id,)`"
)]
pub trait FieldsOfRow<S>: RowFields<S> {
    /// Nothing.
    type Checked;
}

#[diagnostic::do_not_recommend]
impl<S, F: RowFields<S>> FieldsOfRow<S> for F {
    type Checked = ();
}

macro_rules! tuple_cells {
    ($width:literal; $($value:ident $type:ident $at:tt),*) => {
        #[diagnostic::do_not_recommend]
        impl<S: Record, $($type: SqlType, $value: Cell<$type>),*> Cells<($(Field<S, $type>,)*)> for ($($value,)*) {
            const WIDTH: usize = $width;
            #[inline]
            fn __cell(&self, column: usize) -> Param<'_> {
                match column {
                    $($at => self.$at.__param(),)*
                    _ => Param::Null,
                }
            }
        }

        #[diagnostic::do_not_recommend]
        impl<S: Record, $($type),*> RowFields<S> for ($(Field<S, $type>,)*) {
            fn __numbers(&self) -> Vec<u16> {
                vec![$(self.$at.index()),*]
            }
        }
    };
}
tuple_cells!(1; A TA 0);
tuple_cells!(2; A TA 0, B TB 1);
tuple_cells!(3; A TA 0, B TB 1, C TC 2);
tuple_cells!(4; A TA 0, B TB 1, C TC 2, D TD 3);
tuple_cells!(5; A TA 0, B TB 1, C TC 2, D TD 3, E TE 4);
tuple_cells!(6; A TA 0, B TB 1, C TC 2, D TD 3, E TE 4, F TF 5);
tuple_cells!(7; A TA 0, B TB 1, C TC 2, D TD 3, E TE 4, F TF 5, G TG 6);
tuple_cells!(8; A TA 0, B TB 1, C TC 2, D TD 3, E TE 4, F TF 5, G TG 6, H TH 7);
tuple_cells!(9; A TA 0, B TB 1, C TC 2, D TD 3, E TE 4, F TF 5, G TG 6, H TH 7, I TI 8);
tuple_cells!(10; A TA 0, B TB 1, C TC 2, D TD 3, E TE 4, F TF 5, G TG 6, H TH 7, I TI 8, J TJ 9);
tuple_cells!(11; A TA 0, B TB 1, C TC 2, D TD 3, E TE 4, F TF 5, G TG 6, H TH 7, I TI 8, J TJ 9, K TK 10);
tuple_cells!(12; A TA 0, B TB 1, C TC 2, D TD 3, E TE 4, F TF 5, G TG 6, H TH 7, I TI 8, J TJ 9, K TK 10, L TL 11);
