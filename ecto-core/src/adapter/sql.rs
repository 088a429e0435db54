//! From statements to SQL text, by sea-query behind a writer of our own. The only place that knows sea-query.
//!
//! [`write`] is called when a connection meets the shape of a statement for the first time; the text is kept with that shape.
//! It walks the postfix tokens with a stack of [`Term`](term::Term)s, clause by clause, and asks a [`Dialect`] for the leaves in which
//! databases differ. It never asks which database it is.

mod bulk;
mod combine;
pub(crate) mod ddl;
mod dialect;
mod expr;
pub mod list;
mod literal;
mod numbering;
mod param;
mod per;
mod quote;
mod select;
mod source;
mod template;
mod term;
mod write;

#[rustfmt::skip]
#[cfg(feature = "postgres")] pub use sea_query::PostgresQueryBuilder;
#[rustfmt::skip]
#[cfg(feature = "sqlite")] pub use sea_query::SqliteQueryBuilder;

pub use bulk::write_unnest;
pub use dialect::Dialect;
pub use param::Numbered;
pub use write::{Tree, write};
