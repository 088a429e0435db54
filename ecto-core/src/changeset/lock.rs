//! C-74: a row that is written only if nobody else wrote it since it was read.

use std::sync::Arc;

use super::{Changeset, Numeric};
use crate::schema::{Field, Record};
use crate::types::{SqlType, Value};

/// A number that counts the versions of a row: `i16`, `i32`, `i64`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not count versions",
    label = "expected a field of whole numbers, or `optimistic_lock_with`"
)]
pub trait Version: Numeric {
    #[doc(hidden)]
    fn __next(self) -> Self;
}

macro_rules! version {
    ($($number:ty, $last:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Version for $number {
            fn __next(self) -> Self {
                if self >= $last { 1 } else { self + 1 }
            }
        }
    )*};
}
// The last one is what a column of Ecto's default type holds, so that programs of both kinds can share a table.
version!(i16, i16::MAX; i32, i32::MAX; i64, 2_147_483_647;);

impl<S: Record> Changeset<S> {
    /// Writes the row only if this field still is what it was when the row was read, and counts it up.
    ///
    /// If somebody wrote the row in between, an update or a deletion is the error `is_stale`. A change of nothing else counts nothing up. NULL locks nothing,
    /// and neither does a new row.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// #[derive(Schema, Debug, Clone)]
    /// #[schema(table = "pages")]
    /// struct Page { id: i64, text: String, #[schema(default = 1)] version: i32 }
    ///
    /// fn edit(page: Page, text: &str) -> Changeset<Page> {
    ///     Changeset::from(page).put_change(Page::text, text).optimistic_lock(Page::version)
    /// }
    /// # assert!(edit(Page { id: 1, text: "a".into(), version: 1 }, "b").is_valid());
    /// ```
    pub fn optimistic_lock<T: SqlType<Base: Version>>(self, field: Field<S, T>) -> Self {
        self.optimistic_lock_with(field, T::Base::__next)
    }

    /// The same with a version of your own: a UUID, a timestamp.
    pub fn optimistic_lock_with<T: SqlType>(
        mut self,
        field: Field<S, T>,
        next: impl Fn(T::Base) -> T::Base + Send + Sync + 'static,
    ) -> Self {
        let (index, Some(row)) = (field.index(), &self.data) else { return self };
        let current = row.value(index);
        if current.is_null() {
            return self;
        }
        self.add_filter(index, current.clone());
        self.add_prepare(Arc::new(move |mut changeset, _| {
            if !changeset.changes().is_empty() {
                let version: Value = next(T::Base::from_value(current.clone())?).into_value();
                changeset.put_value(index, version);
            }
            Ok(changeset)
        }));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_schema::{User, al};
    use super::*;

    fn locked(row: User) -> Changeset<User> {
        Changeset::from(row).put_change(User::name, "Bo").optimistic_lock(User::age)
    }

    #[test]
    fn c_74_filters_by_the_current_version_and_counts_it_up_when_written() {
        let changeset = locked(al());
        assert_eq!(changeset.filters(), [(User::age.index(), Value::I32(30))]);
        assert!(!changeset.changed(User::age), "not before");
        assert_eq!(changeset.run_prepare(&()).unwrap().get_change(User::age), Some(Some(31)));
        let last = locked(User { age: Some(i32::MAX), ..al() }).run_prepare(&()).unwrap();
        assert_eq!(last.get_change(User::age), Some(Some(1)));
        assert_eq!(2_147_483_647i64.__next(), 1);
    }

    #[test]
    fn c_74_null_new_rows_and_empty_changes_are_left_alone() {
        let null = locked(User { age: None, ..al() });
        assert!(null.filters().is_empty() && !null.has_prepare());
        assert!(!Changeset::<User>::new().optimistic_lock(User::age).has_prepare());
        let idle = Changeset::from(al()).optimistic_lock(User::age).run_prepare(&()).unwrap();
        assert!(idle.changes().is_empty());
    }

    #[test]
    fn c_74_any_type_can_be_a_version() {
        let changeset = Changeset::from(al()).put_change(User::age, 1).optimistic_lock_with(User::name, |name| name + "!");
        assert_eq!(changeset.run_prepare(&()).unwrap().get_change(User::name).as_deref(), Some("Al!"));
    }
}
