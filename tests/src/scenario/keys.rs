//! Primary keys of every shape.

use ecto_core::prelude::*;
use uuid::Uuid;

use crate::Stage;

/// A key of two columns.
#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "memberships")]
pub struct Membership {
    /// First half.
    #[schema(primary_key)]
    #[changeset(required)]
    pub user_id: i64,
    /// Second half.
    #[schema(primary_key)]
    #[changeset(required)]
    pub team: String,
    /// What it is about.
    #[changeset(cast)]
    pub role: Option<String>,
}

/// A key that is made here.
#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "documents")]
pub struct Document {
    /// Random.
    #[schema(autogenerate)]
    pub id: Uuid,
    /// Required.
    #[changeset(required)]
    pub title: String,
}

/// A key that the application assigns.
#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "countries", primary_key = code)]
pub struct Country {
    /// `DE`, `FR` ...
    #[changeset(required, unique = "countries_pkey")]
    pub code: String,
    /// Required.
    #[changeset(required)]
    pub name: String,
}

/// No key at all.
#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "events")]
pub struct Event {
    /// What happened.
    #[changeset(required)]
    pub what: String,
}

/// Makes the tables.
///
/// # Errors
/// What the database said.
pub fn create(stage: &Stage) -> Result<()> {
    stage.run(&[
        "CREATE TABLE memberships (user_id {bigint} NOT NULL, team {text} NOT NULL, role {text}, PRIMARY KEY (user_id, team))",
        "CREATE TABLE documents (id {uuid} PRIMARY KEY NOT NULL, title {text} NOT NULL)",
        "CREATE TABLE countries (code {text} CONSTRAINT countries_pkey PRIMARY KEY NOT NULL, name {text} NOT NULL)",
        "CREATE TABLE events (what {text} NOT NULL)",
    ])
}
