//! Texts of `changeset`: programmers' mistakes. What users type wrong is a field error, not an `Error`.

/// What can go wrong with a changeset, besides what is wrong with its data.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ChangesetError {
    #[error("the changeset of `{schema}` is not valid: {errors}")]
    Invalid { schema: &'static str, errors: String },
    #[error("a new `{schema}` lacks {fields}")]
    MissingFields { schema: &'static str, fields: String },
}

impl ChangesetError {
    pub(super) fn hint(&self) -> Option<String> {
        match self {
            ChangesetError::Invalid { .. } => Some("match on `WriteError::Invalid(changeset)` to show the errors to the user".into()),
            ChangesetError::MissingFields { .. } => None,
        }
    }
}
