//! The schemas that are measured, and their tables.

use ecto_core::prelude::*;

/// The row that all cases read and write: the same columns as the floor's.
#[derive(Schema, Changeset, Debug, Clone)]
#[schema(table = "users", timestamps)]
pub struct User {
    pub id: i64,
    #[changeset(required, length(min = 2, max = 100))]
    pub name: String,
    #[changeset(required, format = "@")]
    pub email: String,
    #[changeset(number(greater_than = 0, less_than = 150))]
    pub age: Option<i32>,
    #[schema(default = false)]
    #[changeset(cast)]
    pub confirmed: bool,
    pub inserted_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// The same row, with what belongs to it. Apart, so that no other case pays for the place of the posts.
#[derive(Schema, Debug, Clone)]
#[schema(table = "users", timestamps)]
pub struct Author {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub age: Option<i32>,
    pub confirmed: bool,
    #[schema(has_many, foreign_key = author_id)]
    pub posts: HasMany<Post>,
    pub inserted_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// Ten of each of the first thousand users.
#[derive(Schema, Debug, Clone)]
#[schema(table = "posts")]
pub struct Post {
    pub id: i64,
    pub title: String,
    pub author_id: i64,
    pub published: bool,
    #[schema(has_many)]
    pub comments: HasMany<Comment>,
}

/// Ten of each of the first thousand posts.
#[derive(Schema, Debug, Clone)]
#[schema(table = "comments")]
pub struct Comment {
    pub id: i64,
    pub text: String,
    pub post_id: i64,
    pub votes: i64,
}

/// For the query that is only built.
#[derive(Schema, Debug, Clone)]
#[schema(table = "tags")]
pub struct Tag {
    pub id: i64,
    pub word: String,
    pub comment_id: i64,
}

/// The tables that are really there.
pub struct CreateTables;

impl Migration for CreateTables {
    fn change(&self, m: &mut Change) {
        m.create_table("users", |t| {
            t.add("name", Type::String).not_null();
            t.add("email", Type::String).not_null();
            t.add("age", Type::Integer);
            t.add("confirmed", Type::Boolean).not_null();
            t.timestamps();
        });
        m.create_unique_index("users", ["email"]);
        m.create_index("users", ["inserted_at"]);
        m.create_table("posts", |t| {
            t.add("title", Type::String).not_null();
            t.add("author_id", Type::BigInteger).not_null();
            t.add("published", Type::Boolean).not_null();
        });
        m.create_index("posts", ["author_id"]);
        m.create_table("comments", |t| {
            t.add("text", Type::String).not_null();
            t.add("post_id", Type::BigInteger).not_null();
            t.add("votes", Type::BigInteger).not_null();
        });
        m.create_index("comments", ["post_id"]);
    }
}
