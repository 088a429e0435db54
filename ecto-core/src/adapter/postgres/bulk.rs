//! Many rows in one statement: each column one array, which the server takes apart again (`unnest`).

use std::ops::Range;

use postgres::types::Type;
use smallvec::SmallVec;

use super::codec::{Column, is_array};
use super::prepared::Prepared;
use crate::adapter::Bulk;

/// Rows in one statement: few round trips, and no message that is larger than it must be.
const ROWS: usize = 32_768;

/// Some rows of a bulk insert.
pub(super) struct Batch<'a> {
    bulk: &'a dyn Bulk,
    rows: Range<usize>,
}

impl<'a> Batch<'a> {
    /// Its columns, to be bound as arrays.
    pub(super) fn columns(&self) -> Vec<Column<'a>> {
        (0..self.bulk.width()).map(|column| Column { bulk: self.bulk, rows: self.rows.clone(), column }).collect()
    }
}

/// Cuts a bulk insert into statements.
pub(super) fn batches(bulk: &dyn Bulk) -> impl ExactSizeIterator<Item = Batch<'_>> {
    let rows = bulk.rows();
    (0..rows.div_ceil(ROWS)).map(move |at| Batch { bulk, rows: at * ROWS..rows.min((at + 1) * ROWS) })
}

/// The types of the columns, from the statement for one row. `None` if a column is an array itself, for which there is no array type,
/// or there are no columns.
pub(super) fn column_types(one_row: &Prepared) -> Option<SmallVec<[Type; 8]>> {
    let types = one_row.0.params();
    (!types.is_empty() && !types.iter().any(is_array)).then(|| types.iter().cloned().collect())
}

/// What the type of an array of these is called.
pub(super) fn array_type(element: &Type) -> String {
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    format!("{}.{}[]", quoted(element.schema()), quoted(element.name()))
}
