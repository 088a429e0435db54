//! People and what they write: the schemas that most cases use.

use chrono::{DateTime, Utc};
use ecto_core::prelude::*;

use crate::Stage;

/// Somebody who writes.
#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "users", timestamps)]
pub struct User {
    /// By the database.
    pub id: i64,
    /// Required.
    #[changeset(required)]
    pub name: String,
    /// Required and unique.
    #[changeset(required, format = "@", unique)]
    pub email: String,
    /// Not everybody says it.
    #[changeset(number(greater_than = 0, less_than = 150))]
    pub age: Option<i32>,
    /// Has a default.
    #[schema(default = false)]
    #[changeset(cast)]
    pub confirmed: bool,
    /// What they have written.
    #[schema(has_many, foreign_key = author_id)]
    pub posts: HasMany<Post>,
    /// By the clock.
    pub inserted_at: DateTime<Utc>,
    /// By the clock.
    pub updated_at: DateTime<Utc>,
}

/// Something written.
#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "posts")]
pub struct Post {
    /// By the database.
    pub id: i64,
    /// Required.
    #[changeset(required)]
    pub title: String,
    /// Whose it is.
    #[changeset(cast, foreign_key)]
    pub author_id: Option<i64>,
    /// Who that is.
    pub author: BelongsTo<User>,
    /// Has a default.
    #[schema(default = 0)]
    #[changeset(cast, check = "posts_visits_not_negative")]
    pub visits: i64,
}

/// Makes both tables.
///
/// # Errors
/// What the database said.
pub fn create(stage: &Stage) -> Result<()> {
    stage.run(&[
        "CREATE TABLE users (id {key}, name {text} NOT NULL, email {text} NOT NULL, age {integer}, confirmed {boolean} NOT NULL DEFAULT {false}, \
         inserted_at {instant} NOT NULL, updated_at {instant} NOT NULL)",
        "CREATE UNIQUE INDEX users_email_index ON users (email)",
        "CREATE TABLE posts (id {key}, title {text} NOT NULL, author_id {bigint} CONSTRAINT posts_author_id_fkey REFERENCES users (id), \
         visits {bigint} NOT NULL DEFAULT 0, CONSTRAINT posts_visits_not_negative CHECK (visits >= 0))",
    ])
}

/// A valid changeset for a new user.
pub fn new_user(name: &str) -> Changeset<User> {
    User::changeset(Changeset::new(), [("name", name.to_owned()), ("email", format!("{name}@example.com"))])
}

/// A user who is there.
///
/// # Errors
/// What the database said.
pub fn user(repo: &Repo, name: &str, age: Option<i32>) -> Result<User> {
    Ok(repo.insert(new_user(name).put_change(User::age, age))?)
}

/// A post that is there.
///
/// # Errors
/// What the database said.
pub fn post(repo: &Repo, title: &str, author: Option<i64>, visits: i64) -> Result<Post> {
    let changeset = Changeset::new().put_change(Post::title, title).put_change(Post::author_id, author).put_change(Post::visits, visits);
    Ok(repo.insert(changeset)?)
}

/// Four users: Al 17, Bo 30, Cy 45, and Di, whose age is not known. Bo and Cy are confirmed.
///
/// # Errors
/// What the database said.
pub fn four_users(stage: &Stage) -> Result<Vec<User>> {
    create(stage)?;
    let people = [("Al", Some(17), false), ("Bo", Some(30), true), ("Cy", Some(45), true), ("Di", None, false)];
    let insert =
        |(name, age, confirmed)| Ok(stage.repo.insert(new_user(name).put_change(User::age, age).put_change(User::confirmed, confirmed))?);
    people.into_iter().map(insert).collect()
}
