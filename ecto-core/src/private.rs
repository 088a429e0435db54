//! What the derives' expansions name, in one place. No part of the public interface: it changes without notice.

pub use crate::association::{Assoc, BelongsToOf, HasManyOf, HasOneOf, KeyRef};
pub use crate::error::Result;
pub use crate::query::{AnyOperand, At, Col, Columns, Query, Raw, Select, SelectList, fragment, placeholders, select_row};
pub use crate::schema::declare::{Constants, SingleKey, default_value, timestamp};
pub use crate::schema::{
    Autogenerate, BelongsTo, Field, FieldMeta, HasMany, HasOne, Known, Record, Relation, RelationKind, Schema, SchemaMeta, Writable,
    no_field,
};
pub use crate::types::{FromRow, Kind, NotNull, Nullability, RowCursor, Scalar, SqlType, Value, all_null};
