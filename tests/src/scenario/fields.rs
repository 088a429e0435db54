//! What can be said of a field.

use ecto_core::prelude::*;

use crate::Stage;

/// A state of an article.
#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Not shown.
    Draft,
    /// Shown to some.
    InReview,
    /// Shown.
    Published,
}

/// A text that is an address.
#[derive(SqlType, Debug, Clone, PartialEq)]
pub struct Slug(pub String);

/// Something with a field of each kind.
#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "articles")]
pub struct Article {
    /// By the database.
    pub id: i64,
    /// Another name in the database.
    #[schema(source = "headline")]
    #[changeset(required, unique)]
    pub title: String,
    /// A newtype.
    #[changeset(cast)]
    pub slug: Option<Slug>,
    /// An enum.
    #[schema(default = Status::Draft)]
    #[changeset(cast)]
    pub status: Status,
    /// Not in the database.
    #[schema(virtual)]
    #[changeset(cast)]
    pub note: Option<String>,
    /// Filled by a default of the database.
    #[schema(read_after_writes)]
    pub rank: i64,
    /// Written once.
    #[schema(writable = "insert")]
    #[changeset(cast)]
    pub origin: Option<String>,
    /// Shown to nobody.
    #[schema(redact)]
    #[changeset(cast)]
    pub secret: Option<String>,
}

/// Makes the table.
///
/// # Errors
/// What the database said.
pub fn create(stage: &Stage) -> Result<()> {
    stage.run(&[
        "CREATE TABLE articles (id {key}, headline {text} NOT NULL, slug {text}, status {text} NOT NULL, rank {bigint} NOT NULL DEFAULT 7, \
         origin {text}, secret {text})",
        "CREATE UNIQUE INDEX articles_headline_index ON articles (headline)",
    ])
}
