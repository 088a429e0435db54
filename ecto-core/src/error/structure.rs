//! Texts of what can go wrong with the definition of a table, as the database keeps it.

/// Why the text of a definition cannot be read or changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StructureError {
    #[error("the definition of the table is not understood at byte {at}: expected {expected}, found `{near}`")]
    NotUnderstood { expected: &'static str, at: usize, near: String },
    #[error("`{piece}` does not fit into the definition of table `{table}`: {reason}")]
    Misfit { table: String, piece: String, reason: String },
    #[error("table `{table}` has no column `{column}`")]
    NoColumn { table: String, column: String },
    #[error("column `{column}` is the only one of table `{table}`")]
    LastColumn { table: String, column: String },
    #[error("column `{column}` of table `{table}` is used by {by}")]
    ColumnInUse { table: String, column: String, by: String },
    #[error("table `{table}` has no {what}")]
    NoConstraint { table: String, what: String },
    #[error("table `{table}` has {count} times {what}")]
    Ambiguous { table: String, what: String, count: usize },
    #[error("`{name}` of table `{table}` names {clause}, which is no constraint to drop")]
    NotDroppable { table: String, name: String, clause: &'static str },
    #[error("table `{table}`: {reason}")]
    Key { table: String, reason: &'static str },
    #[error("there is no table `{table}`")]
    NoTable { table: String },
    #[error("`{table}` is {what}, and cannot be altered")]
    NoPlainTable { table: String, what: &'static str },
    #[error("there is no index `{index}` that was made by a statement of its own")]
    NoIndex { index: String },
    #[error("column `{column}` of table `{table}` is there already")]
    ColumnExists { table: String, column: String },
    #[error("constraint `{name}` of table `{table}` is there already")]
    ConstraintExists { table: String, name: String },
    #[error("foreign keys cannot be switched off: a transaction was open before the migration began")]
    InsideTransaction,
    #[error("the setting `{name}` could not be put back to {value}")]
    SettingLost { name: &'static str, value: i64 },
    #[error("`{name}` is left from a change of table `{table}` that was not finished")]
    Leftover { name: String, table: String },
    #[error("a copy of table `{table}` takes {} at least, and the disk of `{file}` has room for {}", size(*need), size(*room))]
    NoRoom { table: String, need: u64, room: u64, file: String },
    #[error("the new definition of table `{table}` does not mean what it should: {what}")]
    Unpromised { table: String, what: String },
    #[error("of the {before} rows of table `{table}` {after} would be left")]
    RowsLost { table: String, before: i64, after: i64 },
    #[error("column `{column}` of table `{table}` shall not be NULL, and is in {count} rows: {}", list(rows, *count))]
    NullsFound { table: String, column: String, count: i64, rows: Vec<String> },
    #[error("column `{column}` shall not be NULL and has no value for the {count} rows of table `{table}`")]
    NoValue { table: String, column: String, count: i64 },
    #[error("{count} values of column `{column}` of table `{table}` do not fit into {into}: {}", list(values, *count))]
    Lossy { table: String, column: String, into: String, count: i64, values: Vec<String> },
    #[error("row {row} of table `{child}` has no parent in `{parent}` any more{}", and_further(*further))]
    Orphan { child: String, parent: String, row: String, further: usize },
    #[error("the foreign key of table `{child}` refers to columns of `{parent}` that are no key any more: {message}")]
    LostKey { child: String, parent: String, message: String },
    #[error("`{name}` does not work any more: {message}")]
    Broken { name: String, message: String },
    #[error("table `{child}` refers to table `{table}`")]
    ReferredTo { table: String, child: String },
    #[error("`{name}` cannot be made in a copy of the structure")]
    NotCopied { name: String },
    #[error("enum `{name}`: {reason}")]
    EnumValue { name: String, reason: String },
}

/// The first of them, and whether there are more.
fn list(first: &[String], count: i64) -> String {
    let shown = i64::try_from(first.len()).unwrap_or(count);
    format!("{}{}", first.join(", "), if count > shown { ", …" } else { "" })
}

/// Bytes, in the unit that leaves few digits.
#[expect(clippy::cast_precision_loss, reason = "one digit behind the point is shown")]
fn size(bytes: u64) -> String {
    let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    match units.into_iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) => format!("{:.1} {name}", bytes as f64 / unit as f64),
        None => format!("{bytes} B"),
    }
}

fn and_further(count: usize) -> String {
    if count == 0 { String::new() } else { format!(", and {count} more") }
}

impl StructureError {
    pub(super) fn hint(&self) -> Option<String> {
        match self {
            StructureError::NotUnderstood { .. } => Some("make a new table and copy the rows by `execute`".into()),
            StructureError::ColumnInUse { .. } => Some("drop that first, in the same migration".into()),
            StructureError::Ambiguous { .. } => Some("choose it by its name".into()),
            StructureError::NotDroppable { .. } => Some("change the column instead: its default, collation or `null`".into()),
            StructureError::InsideTransaction => Some("run the migration outside of it".into()),
            StructureError::Leftover { .. } => Some("look whether it holds anything of worth, and drop it".into()),
            StructureError::NoRoom { .. } => {
                Some("make room there, or move the database to another disk; the old rows go when the new ones are there".into())
            }
            StructureError::NullsFound { .. } => Some("say what they shall hold: `backfill`".into()),
            StructureError::NoValue { .. } => Some("give it a default or a `backfill`, or leave it nullable".into()),
            StructureError::Lossy { .. } => Some("say how they are converted: `using`".into()),
            StructureError::Orphan { .. } => Some("delete the row or give it a parent, in the same migration and before".into()),
            StructureError::LostKey { .. } => Some("drop that foreign key first".into()),
            StructureError::Broken { .. } => Some("drop it first, and make it again when the table is changed".into()),
            StructureError::ReferredTo { .. } => Some("drop that table or its foreign key first".into()),
            StructureError::SettingLost { .. } => Some("close the connection".into()),
            StructureError::NotCopied { .. } => Some("what shall be played through needs the modules that the database needs".into()),
            StructureError::NoTable { .. }
            | StructureError::NoPlainTable { .. }
            | StructureError::NoIndex { .. }
            | StructureError::ColumnExists { .. }
            | StructureError::ConstraintExists { .. }
            | StructureError::Unpromised { .. }
            | StructureError::RowsLost { .. }
            | StructureError::EnumValue { .. }
            | StructureError::Misfit { .. }
            | StructureError::NoColumn { .. }
            | StructureError::LastColumn { .. }
            | StructureError::NoConstraint { .. }
            | StructureError::Key { .. } => None,
        }
    }
}
