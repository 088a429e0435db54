//! An embedded data mapper and migration toolkit over SQLite and PostgreSQL.

pub mod adapter;
pub mod association;
pub mod capability;
mod error;
pub mod query;
pub mod schema;
pub mod types;

pub use error::{Error, Result, Violation, ViolationKind};

#[doc(hidden)]
pub mod __private {
    pub use crate::association::{Assoc, BelongsToOf, HasManyOf, HasOneOf, KeyRef};
    pub use crate::query::{AnyOperand, At, Col, Columns, Query, Raw, Select, SelectList, fragment, placeholders, select_row};
}
