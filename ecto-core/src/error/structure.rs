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
}

impl StructureError {
    pub(super) fn hint(&self) -> Option<String> {
        match self {
            StructureError::NotUnderstood { .. } => Some("make a new table and copy the rows by `execute`".into()),
            StructureError::ColumnInUse { .. } => Some("drop that first, in the same migration".into()),
            StructureError::Ambiguous { .. } => Some("choose it by its name".into()),
            StructureError::NotDroppable { .. } => Some("change the column instead: its default, collation or `null`".into()),
            StructureError::Misfit { .. }
            | StructureError::NoColumn { .. }
            | StructureError::LastColumn { .. }
            | StructureError::NoConstraint { .. }
            | StructureError::Key { .. } => None,
        }
    }
}
