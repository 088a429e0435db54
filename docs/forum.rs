//! The schemas of the chapters on associations and preloads, and a database in memory that has a few rows.

pub use ecto_core::prelude::*;

/// Somebody who writes.
#[derive(Schema, Debug)]
#[schema(table = "users")]
pub struct User {
    /// By the database.
    pub id: i64,
    /// What others call them.
    pub name: String,
    /// What they have written.
    #[schema(foreign_key = author_id)]
    pub posts: HasMany<Post>,
    /// What they say of themselves.
    pub profile: HasOne<Profile>,
    /// What others said to what they have written.
    #[schema(through(User::posts, Post::comments))]
    pub comments: HasMany<Comment>,
    /// What they write about.
    #[schema(through(User::posts, Post::tags))]
    pub tags: HasMany<Tag>,
}

/// What a user says of themselves.
#[derive(Schema, Debug)]
#[schema(table = "profiles")]
pub struct Profile {
    /// By the database.
    pub id: i64,
    /// Whose.
    pub user_id: i64,
}

/// Something written.
#[derive(Schema, Debug)]
#[schema(table = "posts")]
pub struct Post {
    /// By the database.
    pub id: i64,
    /// Its first line.
    pub title: String,
    /// Whose it is, if that is known.
    pub author_id: Option<i64>,
    /// The same, as a row.
    pub author: BelongsTo<User>,
    /// What others said to it.
    pub comments: HasMany<Comment>,
    /// What it is about.
    #[schema(many_to_many, join_through = "posts_tags")]
    pub tags: HasMany<Tag>,
}

/// Something said to a post.
#[derive(Schema, Debug)]
#[schema(table = "comments")]
pub struct Comment {
    /// By the database.
    pub id: i64,
    /// To which.
    pub post_id: i64,
    /// What was said.
    pub text: String,
}

/// What a post can be about.
#[derive(Schema, Debug)]
#[schema(table = "tags")]
pub struct Tag {
    /// By the database.
    pub id: i64,
    /// A word.
    pub word: String,
    /// What is about it.
    #[schema(many_to_many, join_through = "posts_tags")]
    pub posts: HasMany<Post>,
}

/// A database in memory with Al, who has written two posts, and a comment to the first. Both are about rust, the first about sql, too.
///
/// # Errors
/// What the database said.
pub fn forum() -> Result<Repo> {
    let repo = Repo::connect("sqlite::memory:")?;
    for statement in [
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
        "CREATE TABLE profiles (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL)",
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL, author_id INTEGER)",
        "CREATE TABLE comments (id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL, text TEXT NOT NULL)",
        "CREATE TABLE tags (id INTEGER PRIMARY KEY, word TEXT NOT NULL)",
        "CREATE TABLE posts_tags (post_id INTEGER NOT NULL, tag_id INTEGER NOT NULL)",
        "INSERT INTO posts_tags (post_id, tag_id) VALUES (1, 1), (1, 2), (2, 1)",
    ] {
        repo.query(statement, ())?;
    }
    repo.insert_all(User::rows((User::name,), [("Al",)]))?;
    repo.insert_all(Post::rows((Post::title, Post::author_id), [("First", Some(1)), ("Second", Some(1))]))?;
    repo.insert_all(Tag::rows((Tag::word,), [("rust",), ("sql",)]))?;
    repo.insert_all(Comment::rows((Comment::post_id, Comment::text), [(1, "Well said")]))?;
    Ok(repo)
}
