//! The parameters of SQL of the user's own.

use crate::types::{SqlType, Value};

/// Values for the placeholders of a raw query: `()`, a tuple, a `Vec` or an array.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of parameters",
    label = "expected `()`, a tuple of values, or a list of values of one type",
    note = "one parameter is a tuple too: `(5,)`"
)]
pub trait IntoParams {
    #[doc(hidden)]
    fn __into_params(self) -> Vec<Value>;
}

/// One value: a column type, or `&str`.
pub trait IntoParam {
    #[doc(hidden)]
    fn __into_param(self) -> Value;
}

impl<T: SqlType> IntoParam for T {
    fn __into_param(self) -> Value {
        self.to_value()
    }
}

impl IntoParam for &str {
    fn __into_param(self) -> Value {
        Value::Text(self.to_owned().into())
    }
}

impl IntoParam for Value {
    fn __into_param(self) -> Value {
        self
    }
}

#[diagnostic::do_not_recommend]
impl IntoParams for () {
    fn __into_params(self) -> Vec<Value> {
        Vec::new()
    }
}

#[diagnostic::do_not_recommend]
impl<T: IntoParam> IntoParams for Vec<T> {
    fn __into_params(self) -> Vec<Value> {
        self.into_iter().map(IntoParam::__into_param).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<T: IntoParam, const N: usize> IntoParams for [T; N] {
    fn __into_params(self) -> Vec<Value> {
        self.into_iter().map(IntoParam::__into_param).collect()
    }
}

#[diagnostic::do_not_recommend]
impl IntoParams for &[Value] {
    fn __into_params(self) -> Vec<Value> {
        self.to_vec()
    }
}

macro_rules! tuple_params {
    ($($part:ident $at:tt),*) => {
        #[diagnostic::do_not_recommend]
        impl<$($part: IntoParam),*> IntoParams for ($($part,)*) {
            fn __into_params(self) -> Vec<Value> {
                vec![$(self.$at.__into_param()),*]
            }
        }
    };
}
tuple_params!(A 0);
tuple_params!(A 0, B 1);
tuple_params!(A 0, B 1, C 2);
tuple_params!(A 0, B 1, C 2, D 3);
tuple_params!(A 0, B 1, C 2, D 3, E 4);
tuple_params!(A 0, B 1, C 2, D 3, E 4, F 5);
tuple_params!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple_params!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
