//! What the derives' expansions name, in one place. No part of the public interface: it changes without notice.

pub use crate::__scalar_from_row as scalar_from_row;
pub use crate::association::{
    Assoc, BelongsToOf, Chain, HasManyOf, HasManyThroughOf, HasOneOf, HasOneThroughOf, KeyRef, ManyToManyOf, relation_of,
};
pub use crate::changeset::{Changeset, Params, constraint, format, length, number};
pub use crate::error::Result;
pub use crate::migration::Migrations;
pub use crate::query::marker::Fills;
pub use crate::query::{
    AnyOperand, At, Col, ColOf, Columns, Handle, Query, Raw, Select, SelectList, Selected, column, fragment, placeholders, select_row,
};
pub use crate::repo::{FieldsOfRow, RowOf, Rows};
pub use crate::schema::build::{
    Itself, columns1, columns2, columns3, columns4, columns5, columns6, columns7, columns8, columns9, columns10, columns11, columns12,
    columns13, columns14, columns15, columns16,
};
pub use crate::schema::declare::{Constants, SingleKey, default_text, default_value, timestamp};
pub use crate::schema::{
    Autogenerate, BelongsTo, Field, FieldMeta, HasMany, HasOne, Hop, Record, Relation, RelationKind, Route, Schema, SchemaMeta, Writable,
    no_field,
};
pub use crate::types::{
    CastError, ColumnValue, EnumType, FromRow, Input, Kind, Newtype, NotNull, Nullability, Param, RowCursor, Scalar, SqlType, Value,
    ViewOf, cast_newtype, cast_variant, decode_newtype, decode_variant, dump_newtype, dump_variant, inner_type, is_literal, newtype_of,
    param_of_newtype, param_of_variant, unless_all_null, unless_null, value_of_newtype, variant_of, view_newtype, view_variant,
};
