//! What an association holds in a struct: not loaded, or loaded.
//!
//! Each container keeps its rows behind a trait object. A plain `Vec<Post>` inside `User` would make the compiler walk the
//! whole graph of schemas to prove `User: Send`, which overflows on a ring of fifty of them.

use std::fmt;
use std::sync::Arc;

use serde::ser::{Error as _, Serialize, Serializer};

use crate::error::{Error, Result, SchemaError};

#[cold]
fn not_loaded<T>() -> Error {
    SchemaError::NotLoaded { target: std::any::type_name::<T>() }.into()
}

/// What `HasMany` keeps.
trait Rows<T> {
    fn slice(&self) -> &[T];
    fn slice_mut(&mut self) -> &mut [T];
    fn into_vec(self: Box<Self>) -> Vec<T>;
}

impl<T> Rows<T> for Vec<T> {
    fn slice(&self) -> &[T] {
        self
    }
    fn slice_mut(&mut self) -> &mut [T] {
        self
    }
    fn into_vec(self: Box<Self>) -> Vec<T> {
        *self
    }
}

/// What `HasOne` and `BelongsTo` keep.
trait Row<T> {
    fn get(&self) -> &T;
    fn get_mut(&mut self) -> &mut T;
    fn into_inner(self: Box<Self>) -> T;
}

impl<T> Row<T> for T {
    fn get(&self) -> &T {
        self
    }
    fn get_mut(&mut self) -> &mut T {
        self
    }
    fn into_inner(self: Box<Self>) -> T {
        *self
    }
}

/// Any number of associated rows, or the fact that they were not loaded.
pub struct HasMany<T>(Option<Box<dyn Rows<T> + Send + Sync>>);

/// At most one associated row that this one owns, or the fact that it was not loaded.
pub struct HasOne<T>(Option<Option<Box<dyn Row<T> + Send + Sync>>>);

/// The row that this one refers to, shared by all that refer to it, or the fact that it was not loaded.
pub struct BelongsTo<T>(Option<Option<Arc<dyn Row<T> + Send + Sync>>>);

impl<T> HasMany<T> {
    /// The rows.
    ///
    /// # Errors
    /// When they were not loaded.
    pub fn get(&self) -> Result<&[T]> {
        self.0.as_deref().map(Rows::slice).ok_or_else(not_loaded::<T>)
    }

    /// The rows, by value.
    ///
    /// # Errors
    /// When they were not loaded.
    pub fn into_vec(self) -> Result<Vec<T>> {
        self.0.map(Rows::into_vec).ok_or_else(not_loaded::<T>)
    }

    /// The rows to change; none if they were not loaded.
    pub(crate) fn rows_mut(&mut self) -> &mut [T] {
        self.0.as_deref_mut().map(Rows::slice_mut).unwrap_or_default()
    }

    fn peek(&self) -> Option<&[T]> {
        self.0.as_deref().map(Rows::slice)
    }
}

impl<T: Send + Sync + 'static> HasMany<T> {
    /// Loaded, with these rows.
    #[must_use]
    pub fn loaded(rows: Vec<T>) -> Self {
        HasMany(Some(Box::new(rows)))
    }
}

impl<T> HasOne<T> {
    /// The row, if there is one.
    ///
    /// # Errors
    /// When it was not loaded.
    pub fn get(&self) -> Result<Option<&T>> {
        self.peek().ok_or_else(not_loaded::<T>)
    }

    /// The row, by value.
    ///
    /// # Errors
    /// When it was not loaded.
    pub fn into_inner(self) -> Result<Option<T>> {
        self.0.map(|row| row.map(Row::into_inner)).ok_or_else(not_loaded::<T>)
    }

    /// The row to change; none if there is none or it was not loaded.
    pub(crate) fn row_mut(&mut self) -> Option<&mut T> {
        self.0.as_mut().and_then(|row| row.as_deref_mut().map(Row::get_mut))
    }

    fn peek(&self) -> Option<Option<&T>> {
        self.0.as_ref().map(|row| row.as_deref().map(Row::get))
    }
}

impl<T: Send + Sync + 'static> HasOne<T> {
    /// Loaded, with this row or none.
    #[must_use]
    pub fn loaded(row: Option<T>) -> Self {
        HasOne(Some(row.map(|row| Box::new(row) as _)))
    }
}

impl<T> BelongsTo<T> {
    /// The row, if there is one.
    ///
    /// # Errors
    /// When it was not loaded.
    pub fn get(&self) -> Result<Option<&T>> {
        self.peek().ok_or_else(not_loaded::<T>)
    }

    /// The row to change; none if there is none, it was not loaded, or others share it.
    pub(crate) fn row_mut(&mut self) -> Option<&mut T> {
        self.0.as_mut().and_then(Option::as_mut).and_then(Arc::get_mut).map(Row::get_mut)
    }

    fn peek(&self) -> Option<Option<&T>> {
        self.0.as_ref().map(|row| row.as_deref().map(Row::get))
    }
}

impl<T: Send + Sync + 'static> BelongsTo<T> {
    /// Loaded, with this row or none.
    #[must_use]
    pub fn loaded(row: Option<Arc<T>>) -> Self {
        BelongsTo(Some(row.map(|row| row as _)))
    }
}

/// What the three have in common, once each knows how to `peek`.
macro_rules! slot {
    ($($slot:ident),*) => {$(
        impl<T> $slot<T> {
            /// Was it loaded?
            #[must_use]
            pub fn is_loaded(&self) -> bool {
                self.0.is_some()
            }

            /// Was it not? For `#[serde(skip_serializing_if = "…::is_not_loaded")]`.
            #[must_use]
            pub fn is_not_loaded(&self) -> bool {
                self.0.is_none()
            }
        }

        impl<T> Default for $slot<T> {
            fn default() -> Self {
                $slot(None)
            }
        }

        impl<T: fmt::Debug> fmt::Debug for $slot<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.peek() {
                    Some(loaded) => loaded.fmt(f),
                    None => f.write_str("NotLoaded"),
                }
            }
        }

        impl<T: PartialEq> PartialEq for $slot<T> {
            fn eq(&self, other: &Self) -> bool {
                self.peek() == other.peek()
            }
        }

        impl<T: Eq> Eq for $slot<T> {}

        impl<T: Serialize> Serialize for $slot<T> {
            fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
                match self.peek() {
                    Some(loaded) => loaded.serialize(serializer),
                    None => Err(S::Error::custom(format!(
                        "{}: add #[serde(skip_serializing_if = \"{}::is_not_loaded\")] to the field",
                        not_loaded::<T>().message(),
                        stringify!($slot),
                    ))),
                }
            }
        }
    )*};
}
slot!(HasMany, HasOne, BelongsTo);

impl<T: Clone + Send + Sync + 'static> Clone for HasMany<T> {
    fn clone(&self) -> Self {
        self.peek().map_or_else(HasMany::default, |rows| HasMany::loaded(rows.to_vec()))
    }
}

impl<T: Clone + Send + Sync + 'static> Clone for HasOne<T> {
    fn clone(&self) -> Self {
        self.peek().map_or_else(HasOne::default, |row| HasOne::loaded(row.cloned()))
    }
}

/// Shares the row.
impl<T> Clone for BelongsTo<T> {
    fn clone(&self) -> Self {
        BelongsTo(self.0.clone())
    }
}
