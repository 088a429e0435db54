//! Texts of `schema`: associations and keys.

/// What can go wrong between a schema and its data.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SchemaError {
    #[error("the association of `{target}` is not loaded")]
    NotLoaded { target: &'static str },
    #[error("`{schema}` has no field number {index}")]
    NoField { schema: &'static str, index: u16 },
}

impl SchemaError {
    pub(super) fn hint(&self) -> Option<String> {
        match self {
            SchemaError::NotLoaded { .. } => Some("load it with the query, `.preload(..)`, or later, `repo.preload(&mut rows, ..)`".into()),
            SchemaError::NoField { .. } => None,
        }
    }
}
