//! What an application imports by `use ecto_core::prelude::*;`: the derives, the types that schemas are made of, and the words of changesets.

pub use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
pub use ecto_macros::{Changeset, Projection, Record, Schema, SqlType, embed_migrations, migrations};

pub use crate::changeset::{Action, Changeset, Count, FieldError, Match, Params, WriteError, constraint, format, length, message, number};
pub use crate::ddl::{Deferrable, EnumValue, IndexPart, OnDelete, OnUpdate, Type, references};
pub use crate::error::{Error, Result};
pub use crate::fragment;
pub use crate::migration::{Change, Migration, MigrationOptions, Migrations, TableDraft, Until};
pub use crate::query::{Maybe, Predicate, Query, RowLock, Sources, count, lit, value};
pub use crate::repo::Repo;
pub use crate::schema::{BelongsTo, HasMany, HasOne, Record, Schema};
