//! Texts of `types`: values that do not fit where they should go.

/// What can go wrong between a Rust value and a database value.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TypeError {
    #[error("expected a value of type `{expected}`, found {found}")]
    Mismatch { expected: &'static str, found: String },
    #[error("found NULL, but the type `{expected}` is not an `Option`")]
    UnexpectedNull { expected: &'static str },
    #[error("`{value}` is out of range for type `{expected}`")]
    OutOfRange { expected: &'static str, value: String },
    #[error("`{value}` is not one of the values of `{expected}`")]
    UnknownVariant { expected: &'static str, value: String },
    #[error("the row has no column number {index}: the statement returned {found}")]
    TooFewColumns { index: usize, found: usize },
    #[error("a column of type `{found}` has no counterpart among Rust's types")]
    NoValue { found: String },
    #[error("a value of type `{found}` cannot be sent as `{expected}`")]
    NoParameter { expected: String, found: &'static str },
}

impl TypeError {
    pub(super) fn hint(&self) -> Option<String> {
        match self {
            TypeError::UnexpectedNull { .. } => Some("make the field an `Option`, or the column NOT NULL".into()),
            TypeError::NoParameter { expected, .. } => Some(format!("send a text and cast it, as in `CAST($1 AS text)::{expected}`")),
            TypeError::NoValue { .. } => Some("cast it in the query, as in `CAST(x AS text)`".into()),
            _ => None,
        }
    }
}
