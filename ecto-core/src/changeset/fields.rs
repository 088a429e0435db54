//! How application code names fields: typed constants, tuples of them, and names where an error may stand anywhere.

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::schema::Field;
use crate::types::{Nothing, Scalar, SqlType, Value};

/// The numbers of some fields.
pub type FieldList = SmallVec<[u16; 8]>;

/// A field of `S`, or a tuple of them: `User::name`, `(User::name, User::email)`. A tuple may hold tuples, where twelve do not do.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of fields of `{S}`",
    label = "expected a field of `{S}`, or a tuple of these as in `({S}::id, ..)`"
)]
pub trait Fields<S> {
    #[doc(hidden)]
    fn __push_fields(&self, list: &mut FieldList);
}

#[diagnostic::do_not_recommend]
impl<S, T> Fields<S> for Field<S, T> {
    #[inline]
    fn __push_fields(&self, list: &mut FieldList) {
        list.push(self.index());
    }
}

#[diagnostic::do_not_recommend]
impl<T> Fields<(Nothing,)> for Field<Nothing, T> {
    fn __push_fields(&self, _list: &mut FieldList) {}
}

/// No field: a cast that only keeps the params, for a confirmation or an acceptance.
#[diagnostic::do_not_recommend]
impl<S> Fields<S> for () {
    fn __push_fields(&self, _list: &mut FieldList) {}
}

macro_rules! tuple_fields {
    ($($part:ident $at:tt),*) => {
        #[diagnostic::do_not_recommend]
        impl<S, $($part: Fields<S>),*> Fields<S> for ($($part,)*) {
            #[inline]
            fn __push_fields(&self, list: &mut FieldList) {
                $(self.$at.__push_fields(list);)*
            }
        }
    };
}
tuple_fields!(A 0);
tuple_fields!(A 0, B 1);
tuple_fields!(A 0, B 1, C 2);
tuple_fields!(A 0, B 1, C 2, D 3);
tuple_fields!(A 0, B 1, C 2, D 3, E 4);
tuple_fields!(A 0, B 1, C 2, D 3, E 4, F 5);
tuple_fields!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
tuple_fields!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);
tuple_fields!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8);
tuple_fields!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9);
tuple_fields!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10);
tuple_fields!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11);

/// The numbers of these fields.
#[inline]
pub(super) fn list<S>(fields: &impl Fields<S>) -> FieldList {
    let mut list = FieldList::new();
    fields.__push_fields(&mut list);
    list
}

/// Where an error may stand: a field of `S`, or any name.
#[diagnostic::on_unimplemented(message = "`{Self}` does not name a field of `{S}`", label = "expected a field of `{S}`, or a text")]
pub trait FieldName<S> {
    #[doc(hidden)]
    fn __field_name(self) -> Cow<'static, str>;
}

#[diagnostic::do_not_recommend]
impl<S, T> FieldName<S> for Field<S, T> {
    fn __field_name(self) -> Cow<'static, str> {
        Cow::Borrowed(self.name())
    }
}

#[diagnostic::do_not_recommend]
impl<T> FieldName<(Nothing,)> for Field<Nothing, T> {
    fn __field_name(self) -> Cow<'static, str> {
        Cow::Borrowed(self.name())
    }
}

#[diagnostic::do_not_recommend]
impl<S> FieldName<S> for &'static str {
    fn __field_name(self) -> Cow<'static, str> {
        Cow::Borrowed(self)
    }
}

#[diagnostic::do_not_recommend]
impl<S> FieldName<S> for String {
    fn __field_name(self) -> Cow<'static, str> {
        Cow::Owned(self)
    }
}

/// A value for a field of type `T`: a `T`, what its `Option` holds, or a `&str` for a text.
#[diagnostic::on_unimplemented(
    message = "a value of type `{Self}` does not fit a field of type `{T}`",
    label = "expected `{T}`, or what it borrows or holds"
)]
pub trait Assign<T: SqlType> {
    #[doc(hidden)]
    fn __into_value(self) -> Value;
}

#[diagnostic::do_not_recommend]
impl<T: SqlType> Assign<T> for T {
    fn __into_value(self) -> Value {
        self.into_value()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Scalar> Assign<Option<T>> for T {
    fn __into_value(self) -> Value {
        self.into_value()
    }
}

#[diagnostic::do_not_recommend]
impl Assign<String> for &str {
    fn __into_value(self) -> Value {
        Value::Text(Cow::Owned(self.to_owned()))
    }
}

#[diagnostic::do_not_recommend]
impl Assign<Option<String>> for &str {
    fn __into_value(self) -> Value {
        Value::Text(Cow::Owned(self.to_owned()))
    }
}
