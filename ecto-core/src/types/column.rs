//! A column type as data: what is known of it where its Rust type is not.

use super::{CastError, Input, Kind, Nullability, Scalar, SqlType, Value};

/// What reflection says of a [`SqlType`].
#[derive(Debug, Clone, Copy)]
pub struct ColumnType {
    /// What Ecto calls it.
    pub name: &'static str,
    /// How it is stored.
    pub kind: Kind,
    /// Is it an `Option`?
    pub nullable: bool,
    /// Reads a user's input.
    pub cast: fn(Input<'_>) -> Result<Value, CastError>,
}

impl ColumnType {
    /// What is known of `T`.
    #[must_use]
    pub const fn of<T: SqlType>() -> Self {
        ColumnType {
            name: <T::Base as Scalar>::NAME,
            kind: <T::Base as Scalar>::KIND,
            nullable: <T::Null as Nullability>::NULLABLE,
            cast: cast_field::<T>,
        }
    }
}

/// [`Scalar::cast`] with its type erased.
///
/// # Errors
/// When the input is not a `T`.
pub fn cast_field<T: SqlType>(input: Input<'_>) -> Result<Value, CastError> {
    T::Base::cast(input).map(T::Base::into_value)
}
