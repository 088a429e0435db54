//! Texts of `changeset`: programmers' mistakes. What users type wrong is a field error, not an `Error`.

/// What can go wrong with a changeset, besides what is wrong with its data.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum ChangesetError {
    #[error("the changeset of `{schema}` is not valid: {errors}")]
    Invalid { schema: &'static str, errors: String },
    #[error("a new `{schema}` lacks {fields}")]
    MissingFields { schema: &'static str, fields: String },
    #[error("a value of type `{what}` cannot be params: it is not a map of names to values")]
    ParamsNotMap { what: &'static str },
    #[error("a value of type `{what}` cannot be params: it cannot be serialised")]
    ParamsUnreadable { what: &'static str },
    #[error("`{pattern}` is not a regular expression: {reason}")]
    BadPattern { pattern: &'static str, reason: String },
    #[error("a callback of `prepare_changes` was run without a repo")]
    CallbackWithoutRepo,
    #[error("two changesets of different rows of `{schema}` cannot be merged")]
    MergeOfDifferentRows { schema: &'static str },
    #[error("changesets for {left} and for {right} cannot be merged")]
    MergeOfDifferentActions { left: &'static str, right: &'static str },
}

impl ChangesetError {
    pub(super) fn hint(&self) -> Option<String> {
        match self {
            ChangesetError::Invalid { .. } => Some("match on `WriteError::Invalid(changeset)` to show the errors to the user".into()),
            ChangesetError::MissingFields { .. } => {
                Some("cast or put them first; generated fields are there once the row was inserted".into())
            }
            ChangesetError::BadPattern { .. } => {
                Some("the syntax is that of the `regex` crate; `\\` before a character takes it as it is".into())
            }
            _ => None,
        }
    }
}
