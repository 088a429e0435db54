//! The schemas that the examples of the guide use, and a database in memory that has a few rows.

pub use ecto_core::prelude::*;

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
    /// By the clock.
    pub inserted_at: DateTime<Utc>,
    /// By the clock.
    pub updated_at: DateTime<Utc>,
    /// What they have written.
    #[schema(has_many, foreign_key = author_id)]
    pub posts: HasMany<Post>,
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
    pub author_id: i64,
    /// Has a default.
    #[schema(default = false)]
    #[changeset(cast)]
    pub published: bool,
}

/// Both tables.
pub struct CreateBlog;

impl Migration for CreateBlog {
    fn change(&self, m: &mut Change) {
        m.create_table("users", |t| {
            t.add("name", Type::String).not_null();
            t.add("email", Type::String).not_null();
            t.add("age", Type::Integer);
            t.add("confirmed", Type::Boolean).not_null().default(false);
            t.timestamps();
        });
        m.create_unique_index("users", ["email"]);
        m.create_table("posts", |t| {
            t.add("title", Type::String).not_null();
            t.add("author_id", t.references("users")).not_null();
            t.add("published", Type::Boolean).not_null().default(false);
        });
    }
}

/// A database in memory with Al, who is 17, and Bo, who is 30 and has written two posts.
///
/// # Errors
/// What the database said.
pub fn blog() -> Result<Repo> {
    let repo = Repo::connect("sqlite::memory:")?;
    repo.migrate(&Migrations::new().add(1, "create_blog", CreateBlog))?;
    repo.insert(User::changeset(Changeset::new(), [("name", "Al"), ("email", "al@example.com"), ("age", "17")]))?;
    let bo = repo.insert(User::changeset(Changeset::new(), [("name", "Bo"), ("email", "bo@example.com"), ("age", "30")]))?;
    repo.insert_all(Post::rows((Post::title, Post::author_id, Post::published), [("First", bo.id, true), ("Second", bo.id, false)]))?;
    Ok(repo)
}
