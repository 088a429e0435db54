//! Texts of `repo`: what a call asked for and did not get.

/// What can go wrong in a call of `Repo`.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RepoError {
    #[error("no `{schema}` was found")]
    NotFound { schema: &'static str },
    #[error("expected at most one row, found {found}")]
    MultipleResults { found: usize },
}

impl RepoError {
    pub(super) fn hint(&self) -> Option<String> {
        match self {
            RepoError::NotFound { .. } => None,
            RepoError::MultipleResults { .. } => Some("add a filter that names one row, or `.limit(1)` where any of them will do".into()),
        }
    }
}
