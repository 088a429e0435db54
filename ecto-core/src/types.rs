//! What a column can hold: the traits [`SqlType`] and [`Scalar`], and the one runtime [`Value`].
//!
//! A type says four things about itself: how a user's input becomes it (*cast*), how it is sent (*dump*, [`SqlType::to_value`]),
//! how it is read from a driver's row (*load*, [`SqlType::decode`]), and what it is called. Everything behind the typed
//! doors of queries and changesets works on [`Value`] and [`Kind`] alone.

mod any_row;
mod builtin;
mod cast;
#[cfg(test)]
mod cast_table;
mod column;
#[cfg(feature = "decimal")]
mod decimal;
mod decode;
mod enumeration;
pub(crate) mod identity;
#[cfg(feature = "json")]
mod json;
mod newtype;
mod nothing;
mod temporal;
mod temporal_cast;
mod text_uuid;
#[cfg(feature = "uuid")]
mod uuid;
mod value;
mod written_time;

pub use any_row::{AnyRow, load_any, load_any_from, load_column, load_value};
pub use cast::{CastError, Input};
pub use column::{ColumnType, cast_field};
pub(crate) use decode::NoValue;
pub use decode::{ColumnValue, FromRow, RowCursor, unless_all_null, unless_null};
pub use enumeration::{EnumType, cast_variant, decode_variant, dump_variant, param_of_variant, variant_of, view_variant};
pub use newtype::{
    Newtype, ViewOf, cast_newtype, decode_newtype, dump_newtype, inner_type, is_literal, newtype_of, param_of_newtype, value_of_newtype,
    view_newtype,
};
pub use nothing::Nothing;
pub use temporal::{
    format_date, format_naive, format_time, format_utc, is_sortable, micros_of_second, parse_date, parse_naive, parse_time, parse_utc,
};
pub(crate) use temporal_cast::is_blank as is_blank_temporal;
pub use text_uuid::{format_uuid, parse_uuid};
pub use value::{Kind, Param, Value};
pub use written_time::{LENGTH as WRITTEN_LENGTH, written_time};

use crate::error::Result;

/// Whether NULL may stand where a type stands: [`NotNull`] or [`Null`].
///
/// The key to one handle struct per schema: a source that an outer join may leave empty has the same handle with [`Null`],
/// and every column of it becomes an `Option` by type.
pub trait Nullability: Copy + Send + Sync + 'static {
    /// The type of a column of type `T` here: `T` itself, or `Option` of its base.
    type Of<T: SqlType>: SqlType<Base = T::Base>;
    /// The nullability of an expression made of this and `N`.
    type Or<N: Nullability>: Nullability;
    /// What a whole row of `T` is here: `T`, or `Option<T>`.
    type Row<T: FromRow>: FromRow;
    /// As data.
    const NULLABLE: bool;
}

/// NULL cannot stand here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotNull;

/// NULL can stand here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Null;

impl Nullability for NotNull {
    type Of<T: SqlType> = T;
    type Or<N: Nullability> = N;
    type Row<T: FromRow> = T;
    const NULLABLE: bool = false;
}

impl Nullability for Null {
    type Of<T: SqlType> = Option<T::Base>;
    type Or<N: Nullability> = Null;
    type Row<T: FromRow> = Option<T>;
    const NULLABLE: bool = true;
}

/// A Rust type that a column or an expression can have: a [`Scalar`], or `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column type",
    label = "expected `i64`, `String`, .. or an `Option` of one; derive `SqlType` for a type of your own",
    note = "`Uuid`, `Decimal` and serde_json's `Value` need the features `uuid`, `decimal` and `json`"
)]
pub trait SqlType: Sized + Clone + Send + Sync + 'static {
    /// The type without its `Option`.
    type Base: Scalar;
    /// [`Null`] for an `Option`, else [`NotNull`].
    type Null: Nullability;

    /// The type as data.
    #[doc(hidden)]
    const COLUMN: ColumnType = ColumnType::of::<Self>();

    /// Reads a value straight from a driver's row.
    ///
    /// # Errors
    /// When the column holds something else than this type.
    fn decode<'a, V: ColumnValue<'a>>(value: V) -> Result<Self>;

    /// The value as it is kept in a changeset and sent as a parameter.
    fn to_value(&self) -> Value;

    /// The same, of a value that is not needed any more: a text is moved.
    fn into_value(self) -> Value {
        self.to_value()
    }

    /// The value as a borrowed parameter, for bulk writes.
    fn as_param(&self) -> Param<'_>;

    /// The inverse of [`to_value`](SqlType::to_value).
    ///
    /// # Errors
    /// When the value is of another type.
    fn from_value(value: Value) -> Result<Self>;

    /// Takes the place of this value.
    ///
    /// # Errors
    /// When the new one is of another type.
    #[doc(hidden)]
    fn __replace(&mut self, value: Value) -> Result<()> {
        *self = Self::from_value(value)?;
        Ok(())
    }

    /// A value that is known already, else what stands in for it.
    ///
    /// # Errors
    /// When the value is of another type.
    #[doc(hidden)]
    fn __known_or(known: Option<Value>, initial: fn() -> Self) -> Result<Self> {
        known.map_or_else(|| Ok(initial()), Self::from_value)
    }
}

/// A [`SqlType`] that is not an `Option`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column type",
    label = "expected `i64`, `String`, .. and no `Option`; derive `SqlType` for a type of your own"
)]
pub trait Scalar: SqlType<Base = Self, Null = NotNull> {
    /// What Ecto calls it: `string`, `integer`, `utc_datetime` ... The `type` parameter of a cast error.
    const NAME: &'static str;
    /// How it is stored and sent.
    const KIND: Kind;
    /// Operands of this type are written into the statement's text, because they have few values and a planner
    /// that sees them can choose a partial index. True of `bool` and of derived enums only.
    const LITERAL: bool = false;
    /// What validations are given: `str` for `String`, the type itself for most.
    type View: ?Sized;

    /// The value as validations see it; `None` if it is of another type or NULL.
    fn view(value: &Value) -> Option<&Self::View>;

    /// Turns a user's input into this type: the T rows of Ecto's cast table.
    ///
    /// # Errors
    /// A [`CastError`] whose message says what is wrong, "is invalid" unless the type knows better.
    fn cast(input: Input<'_>) -> Result<Self, CastError>;
}

#[diagnostic::do_not_recommend]
impl<T: Scalar> SqlType for Option<T> {
    type Base = T;
    type Null = Null;

    #[inline]
    fn decode<'a, V: ColumnValue<'a>>(value: V) -> Result<Self> {
        if value.is_null() { Ok(None) } else { T::decode(value).map(Some) }
    }

    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_value)
    }

    fn into_value(self) -> Value {
        self.map_or(Value::Null, T::into_value)
    }

    fn as_param(&self) -> Param<'_> {
        self.as_ref().map_or(Param::Null, T::as_param)
    }

    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Null => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }
}
