//! A field: as data for the machinery, and as a typed constant for application code.

use std::fmt;

use super::Autogenerate;
pub use crate::types::cast_field;
use crate::types::{CastError, Input, Kind, Nullability, SqlType, Value};

/// What the derive knows about one field.
#[derive(Debug)]
pub struct FieldMeta {
    /// The name in Rust: the key of params and of errors.
    pub name: &'static str,
    /// The name of the column: `source`, else the same.
    pub column: &'static str,
    /// What Ecto calls its type: the `type` parameter of a cast error.
    pub type_name: &'static str,
    /// How it is stored.
    pub kind: Kind,
    /// Is it an `Option`?
    pub nullable: bool,
    /// What an absent or empty param means (T-29), and what `get_field` says of a new row.
    pub default: Option<fn() -> Value>,
    /// What fills it when it is not given.
    pub autogenerate: Option<Autogenerate>,
    /// Reads a user's input.
    pub cast: fn(Input<'_>) -> Result<Value, CastError>,
    /// Without a column.
    pub is_virtual: bool,
    /// Shown as `**redacted**` wherever values are printed.
    pub redact: bool,
    /// The database may change what was sent (a default, a trigger): it is read back after each write.
    pub read_after_writes: bool,
    /// Which writes may carry it.
    pub writable: Writable,
}

impl FieldMeta {
    /// May an insert leave it out? Then the database or this library fills it, or it may be NULL.
    #[must_use]
    pub fn may_be_absent(&self) -> bool {
        self.nullable || self.is_virtual || self.default.is_some() || self.autogenerate.is_some() || self.read_after_writes
    }
}

/// Which writes may carry a field (S-23).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writable {
    /// Inserts and updates.
    Always,
    /// Inserts only.
    Insert,
    /// Neither: the database fills it.
    Never,
}

/// A field of `S` with type `T`, as a constant: `User::email`.
///
/// What changesets and `insert_all` are told about. Queries use the handles that their closures receive.
pub struct Field<S: 'static, T: 'static> {
    // Open to the derives, which write it out: the call of a function for each constant is more for the compiler to check and to run.
    #[doc(hidden)]
    pub __index: u16,
    #[doc(hidden)]
    pub __name: &'static str,
    #[doc(hidden)]
    pub __get: fn(&S) -> &T,
}

impl<S, T> Field<S, T> {
    /// Its number among the fields of `S`.
    #[must_use]
    pub const fn index(&self) -> u16 {
        self.__index
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.__name
    }

    /// Its value in a struct.
    #[must_use]
    pub fn get(self, record: &S) -> &T {
        (self.__get)(record)
    }
}

impl<S, T: SqlType> Field<S, T> {
    /// May it be NULL?
    #[must_use]
    pub const fn nullable(&self) -> bool {
        T::Null::NULLABLE
    }
}

impl<S, T> Clone for Field<S, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, T> Copy for Field<S, T> {}

impl<S, T> fmt::Debug for Field<S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.__name)
    }
}
