//! What the derives say of a struct, as ordinary code: their expansions are one-line calls of what stands here.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::{Autogenerate, Field, FieldMeta, Record, Schema, SchemaMeta, Writable};
use crate::types::{ColumnType, Kind, Scalar, SqlType, Value};

/// Where the constants of a schema stand: on itself, or on the struct of `#[schema(consts = ..)]`.
///
/// Another schema's foreign keys are found through it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a schema",
    label = "expected a struct with `#[derive(Schema)]`",
    note = "add `#[derive(Schema)] #[schema(table = \"..\")]` to `{Self}`"
)]
pub trait Constants: Record {
    /// The struct with the constants.
    type Of;
    /// Its reflection.
    const SCHEMA: &'static SchemaMeta = Self::META;
}

/// A schema whose primary key is one field: what a `belongs_to` refers to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no single primary key",
    label = "say which field the foreign key refers to with `references = ..`"
)]
pub trait SingleKey: Schema {
    /// Its type.
    type One: 'static;
    /// The primary key.
    const KEY: Field<Self, Self::One>;
}

/// What can be written by the clock.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot be a timestamp", label = "expected `DateTime<Utc>` or `NaiveDateTime`")]
pub trait Timestamp: Scalar {
    /// This point in time.
    fn from_clock(now: DateTime<Utc>) -> Self;
}

#[diagnostic::do_not_recommend]
impl Timestamp for DateTime<Utc> {
    fn from_clock(now: DateTime<Utc>) -> Self {
        now
    }
}

#[diagnostic::do_not_recommend]
impl Timestamp for NaiveDateTime {
    fn from_clock(now: DateTime<Utc>) -> Self {
        now.naive_utc()
    }
}

/// The clock as a value of `T`.
#[must_use]
pub fn timestamp<T: Timestamp>(now: DateTime<Utc>) -> Value {
    T::from_clock(now).to_value()
}

/// A default, given without `Option` whether or not the field is one.
#[must_use]
pub fn default_value<T: SqlType>(value: T::Base) -> Value {
    value.to_value()
}

/// What a text literal can be the default of.
#[diagnostic::on_unimplemented(message = "a text is no default of a field of type `{Self}`", label = "expected a value of type `{Self}`")]
pub trait FromText {
    /// The text as this type.
    fn from_text(text: &'static str) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: From<&'static str>> FromText for T {
    fn from_text(text: &'static str) -> Self {
        T::from(text)
    }
}

/// A default that was given as a text.
#[must_use]
pub fn default_text<T: FromText>(text: &'static str) -> T {
    T::from_text(text)
}

#[cfg(feature = "uuid")]
const NEW_UUID: Option<Autogenerate> = Some(Autogenerate::Insert(|| uuid::Uuid::new_v4().to_value()));
// Unreachable by derive: without the feature nothing has this kind but a type written by hand.
#[cfg(not(feature = "uuid"))]
const NEW_UUID: Option<Autogenerate> = None;

/// What is usual for a primary key (S-03): integers come from the database, UUIDs from here.
const fn usual(kind: Kind) -> Option<Autogenerate> {
    match kind {
        Kind::I16 | Kind::I32 | Kind::I64 => Some(Autogenerate::Database),
        Kind::Uuid => NEW_UUID,
        _ => None,
    }
}

impl FieldMeta {
    /// A field of this type whose column has its name.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, of: ColumnType) -> Self {
        FieldMeta {
            name,
            column: name,
            type_name: of.name,
            kind: of.kind,
            nullable: of.nullable,
            default: None,
            autogenerate: None,
            cast: of.cast,
            is_virtual: false,
            redact: false,
            read_after_writes: false,
            writable: Writable::Always,
        }
    }

    /// `source = ".."`
    #[doc(hidden)]
    #[must_use]
    pub const fn source(self, column: &'static str) -> Self {
        FieldMeta { column, ..self }
    }

    /// `default = ..`
    #[doc(hidden)]
    #[must_use]
    pub const fn default(self, default: fn() -> Value) -> Self {
        FieldMeta { default: Some(default), ..self }
    }

    /// `virtual`
    #[doc(hidden)]
    #[must_use]
    pub const fn without_column(self) -> Self {
        FieldMeta { is_virtual: true, ..self }
    }

    /// `redact`
    #[doc(hidden)]
    #[must_use]
    pub const fn redacted(self) -> Self {
        FieldMeta { redact: true, ..self }
    }

    /// `read_after_writes`
    #[doc(hidden)]
    #[must_use]
    pub const fn read_back(self) -> Self {
        FieldMeta { read_after_writes: true, ..self }
    }

    /// `writable = ".."`
    #[doc(hidden)]
    #[must_use]
    pub const fn writable(self, writable: Writable) -> Self {
        FieldMeta { writable, ..self }
    }

    /// `autogenerate = function`, and timestamps.
    #[doc(hidden)]
    #[must_use]
    pub const fn filled_by(self, autogenerate: Autogenerate) -> Self {
        FieldMeta { autogenerate: Some(autogenerate), ..self }
    }

    /// A primary key of which nothing is said.
    #[doc(hidden)]
    #[must_use]
    pub const fn primary_key(self) -> Self {
        FieldMeta { autogenerate: usual(self.kind), ..self }
    }

    /// `autogenerate` without a function (S-18).
    ///
    /// # Panics
    /// While compiling, if there is no usual value for the type.
    #[doc(hidden)]
    #[must_use]
    pub const fn generated(self, is_key: bool) -> Self {
        match usual(self.kind) {
            Some(found) if is_key || !matches!(found, Autogenerate::Database) => self.filled_by(found),
            #[expect(clippy::panic, reason = "evaluated by the compiler, for a static: it is the text of a compile error")]
            _ => panic!("`autogenerate` alone is for UUIDs and for integer primary keys; name a function: `autogenerate = path`"),
        }
    }
}
