//! From statements to SQL text, by sea-query behind a writer of our own. The only place that knows sea-query.

mod dialect;

pub use dialect::Dialect;
