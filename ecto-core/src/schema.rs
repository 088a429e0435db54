//! What a row is: reflection as data, and the two traits that answer with it.
//!
//! [`Record`] is any struct with named fields that a changeset can speak of; [`Schema`] is a record that has a table.
//! Both are derived. Nothing here runs a query, and nothing here changes a row.

mod autogen;
pub(crate) mod build;
pub(crate) mod declare;
mod field;
mod key;
mod relation;
mod seen;
mod slot;

pub use autogen::{Autogenerate, now};
pub use field::{Field, FieldMeta, Writable, cast_field};
pub use key::Key;
pub use relation::{Hop, Hops, ReferredBy, RefersBy, Relation, RelationKind, Route};
pub(crate) use seen::{KeyValues, Seen};
pub use slot::{BelongsTo, HasMany, HasOne};

use crate::error::{Result, SchemaError};
use crate::types::{FromRow, RowCursor, Value};

/// What the derives know about a struct. One static of it exists for each, and its address is its identity.
#[derive(Debug)]
pub struct SchemaMeta {
    /// The name of the struct: `User`.
    pub name: &'static str,
    /// The table or view; empty for a record without one.
    pub table: &'static str,
    /// Every field that is not an association, in the order of their declaration; an index into this list is a field's number.
    pub fields: &'static [FieldMeta],
    /// The numbers of the fields that are the primary key.
    pub key: &'static [u16],
    /// The associations.
    pub relations: &'static [Relation],
}

impl SchemaMeta {
    /// The number of the field of this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<u16> {
        // OK because a struct has fewer than 65 536 fields.
        self.fields.iter().position(|field| field.name == name).map(|at| at as u16)
    }

    /// The numbers of the fields that have a column, in the order in which a row of this schema is selected.
    pub fn columns(&self) -> impl Iterator<Item = u16> + '_ {
        // OK because a struct has fewer than 65 536 fields.
        (0..self.fields.len() as u16).filter(|index| !self.fields[usize::from(*index)].is_virtual)
    }
}

/// A struct whose fields a changeset can speak of: `#[derive(Schema)]`, or `#[derive(Record)]` for a form without a table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a schema",
    label = "expected a struct with `#[derive(Schema)]`",
    note = "add `#[derive(Schema)] #[schema(table = \"..\")]` to `{Self}`, or `#[derive(Record)]` if it has no table"
)]
pub trait Record: Sized + Send + Sync + 'static {
    /// Its reflection.
    const META: &'static SchemaMeta;

    /// The value of a field, by its number. NULL for a number that does not exist.
    fn value(&self, field: u16) -> Value;

    /// Replaces the value of a field.
    ///
    /// # Errors
    /// When the value is of another type, or the field does not exist.
    fn set(&mut self, field: u16, value: Value) -> Result<()>;

    /// Builds a whole struct from the next columns of a row. Associations are not loaded, virtual fields have their default.
    ///
    /// # Errors
    /// When a column is of another type, or there are too few.
    fn build<C: RowCursor>(row: &mut C) -> Result<Self>;

    /// Builds a whole struct of values that are known. Virtual fields that are not known have their default.
    ///
    /// # Errors
    /// When a value is of another type, or that of a field with a column is not known.
    fn assemble(known: &mut Known) -> Result<Self> {
        Self::build(&mut build::KnownRow::new(known, Self::META.fields))
    }
}

/// A [`Record`] that has a table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a schema",
    label = "expected a struct with `#[derive(Schema)]`",
    note = "add `#[derive(Schema)] #[schema(table = \"..\")]` to `{Self}`"
)]
pub trait Schema: Record + FromRow {
    /// The primary key: a scalar, a tuple of them, or `()` where there is none.
    type Key: Key;

    /// The primary key of this row.
    fn key(&self) -> Self::Key;
}

/// The values that are known of a struct to be, by the numbers of their fields.
#[derive(Debug, Default)]
pub struct Known(Vec<Option<Value>>);

impl Known {
    /// Nothing is known yet of a struct with so many fields.
    #[must_use]
    pub fn new(fields: usize) -> Self {
        Known(std::iter::repeat_with(|| None).take(fields).collect())
    }

    /// Makes a value known; a number that does not exist is passed over.
    pub fn put(&mut self, field: u16, value: Value) {
        if let Some(place) = self.0.get_mut(usize::from(field)) {
            *place = Some(value);
        }
    }

    /// Is it known?
    #[must_use]
    pub fn has(&self, field: u16) -> bool {
        matches!(self.0.get(usize::from(field)), Some(Some(_)))
    }

    /// The value of a field, which is not known any more after this.
    fn take(&mut self, field: u16) -> Option<Value> {
        self.0.get_mut(usize::from(field)).and_then(Option::take)
    }
}

/// The error of [`Record::set`] for a number that does not exist.
///
/// # Errors
/// Always.
#[cold]
pub fn no_field<T>(meta: &SchemaMeta, index: u16) -> Result<T> {
    Err(SchemaError::NoField { schema: meta.name, index }.into())
}
