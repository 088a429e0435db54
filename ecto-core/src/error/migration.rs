//! Texts of `migration`: files, order, and what a migration could not do.

/// What can go wrong on the way from one version to another.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MigrationError {
    #[error("migration {version} cannot be rolled back: {operation} has no inverse")]
    Irreversible { version: i64, operation: String },
}

impl MigrationError {
    pub(super) fn hint(&self) -> Option<String> {
        match self {
            MigrationError::Irreversible { .. } => Some("write `up` and `down` instead of `change`".into()),
        }
    }
}
