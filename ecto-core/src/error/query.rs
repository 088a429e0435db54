//! Texts of `query`: statements that cannot be planned.

/// What can go wrong before a statement is sent.
#[derive(Debug, thiserror::Error)]
pub(crate) enum QueryError {
    #[error("{what} is not supported by {database}")]
    Unsupported { what: &'static str, database: &'static str, hint: &'static str },
    #[error("{operation} does not accept {clause}")]
    ClauseRefused { operation: &'static str, clause: &'static str, hint: &'static str },
    #[error("a column of a query that does not enclose this one is used in it")]
    ForeignHandle,
    #[error("the column `{column}` is written twice by one statement")]
    WrittenTwice { column: &'static str },
    #[error("queries are nested more than 16 deep")]
    TooDeep,
    #[error("the associations of one query lead through more than 8 tables")]
    TooManyTables,
    #[error("the statement's tokens do not fit together")]
    Malformed,
}

impl QueryError {
    pub(super) fn hint(&self) -> Option<String> {
        match self {
            QueryError::Unsupported { hint, .. } | QueryError::ClauseRefused { hint, .. } => Some((*hint).to_owned()),
            QueryError::TooDeep => Some("join the tables instead".into()),
            QueryError::TooManyTables => Some("split the query, or put some of its joins into a subquery".into()),
            QueryError::WrittenTwice { .. } => Some("name each field once".into()),
            QueryError::Malformed => Some("this is a defect of ecto-core: please report the query".into()),
            QueryError::ForeignHandle => {
                Some("use only the handles that the closure of this query receives, or those of a query around it".into())
            }
        }
    }
}
