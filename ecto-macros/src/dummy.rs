//! What is expanded along with an error: the same impls without what the user's attributes asked for, so that the code
//! which uses the struct does not fail too, and the one error is all that is seen.

use crate::ast::{Column, Schema};
use crate::attr::field::Writable;
use crate::check::{FUNCTIONS, MOST_KEYS};

/// The schema with nothing but its fields, and the associations that were understood.
pub fn plain(schema: Schema) -> Schema {
    let is_queried = schema.is_queried && schema.columns.iter().all(|column| !FUNCTIONS.contains(&column.name.as_str()));
    let key = schema.key.into_iter().take(MOST_KEYS).collect();
    Schema { columns: schema.columns.into_iter().map(plain_column).collect(), is_queried, key, ..schema }
}

fn plain_column(column: Column) -> Column {
    Column { default: None, fill: None, redact: false, read_after_writes: false, writable: Writable::Always, ..column }
}
