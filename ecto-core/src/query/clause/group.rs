//! `GROUP BY`.

use super::super::{Expr, Fragment, GroupKeys, Op, Query, Raw, Repr, Sources, Token};

impl<S: Sources, O> Query<S, O> {
    /// Makes one row of all that agree in these keys: one expression, or a tuple of them. Called again, it adds keys.
    ///
    /// What is selected must then be a key or an aggregate; PostgreSQL refuses anything else, SQLite takes the value of some row.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, city: String, age: Option<i32> }
    /// let cities: Query<User, (String, i64, Option<i32>)> =
    ///     User::query().group_by(|u| u.city).select(|u| (u.city, count(), u.age.max()));
    /// ```
    pub fn group_by<K: GroupKeys>(mut self, keys: impl FnOnce(S::Bindings) -> K) -> Self
    where
        K::Checked: Sized,
    {
        let keys = self.bind(keys);
        let mut raw = Raw::default();
        keys.__push_group(&mut raw);
        self.clauses(raw);
        self
    }
}

/// What rows can be grouped by: a column, an expression, a fragment, or a tuple of these.
#[diagnostic::on_unimplemented(
    message = "rows cannot be grouped by `{Self}`",
    label = "expected a column, an expression, or a tuple of these"
)]
pub trait IntoGroup {
    #[doc(hidden)]
    fn __push_group(self, to: &mut Raw);
}

#[inline(never)]
fn push(key: Raw, to: &mut Raw) {
    to.append(key);
    to.push(Token::new(Op::GroupBy));
}

#[diagnostic::do_not_recommend]
impl<T, R: Repr> IntoGroup for Expr<T, R> {
    fn __push_group(self, to: &mut Raw) {
        push(self.into_raw(), to);
    }
}

#[diagnostic::do_not_recommend]
impl IntoGroup for Fragment {
    fn __push_group(self, to: &mut Raw) {
        push(self.into_raw(), to);
    }
}

macro_rules! tuple_group {
    ($($part:ident $at:tt),*) => {
        #[diagnostic::do_not_recommend]
        impl<$($part: IntoGroup),*> IntoGroup for ($($part,)*) {
            fn __push_group(self, to: &mut Raw) {
                $(self.$at.__push_group(to);)*
            }
        }
    };
}
tuple_group!(A 0, B 1);
tuple_group!(A 0, B 1, C 2);
tuple_group!(A 0, B 1, C 2, D 3);
tuple_group!(A 0, B 1, C 2, D 3, E 4);
tuple_group!(A 0, B 1, C 2, D 3, E 4, F 5);
