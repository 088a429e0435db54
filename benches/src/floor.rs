//! The best that hand-written code can do with each driver: kept statements, decoding by index, and on SQLite the planner's flag and
//! timestamps by hand.

mod clock;
mod group;
mod postgres;
mod sqlite;

pub use postgres::Postgres;
pub use sqlite::Sqlite;

use chrono::{DateTime, Utc};

/// The row that all cases read and write, as plain a struct as can be.
#[derive(Debug, Clone)]
#[allow(dead_code, reason = "what is read must be kept, or the compiler leaves it out")]
pub struct User {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub age: Option<i32>,
    pub confirmed: bool,
    pub inserted_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A user with the posts that are his.
#[derive(Debug)]
#[allow(dead_code, reason = "what is read must be kept, or the compiler leaves it out")]
pub struct Author {
    pub user: User,
    pub posts: Vec<Post>,
}

/// A post with its comments.
#[derive(Debug)]
#[allow(dead_code, reason = "what is read must be kept, or the compiler leaves it out")]
pub struct Post {
    pub id: i64,
    pub title: String,
    pub author_id: i64,
    pub published: bool,
    pub comments: Vec<Comment>,
}

/// A comment.
#[derive(Debug)]
#[allow(dead_code, reason = "what is read must be kept, or the compiler leaves it out")]
pub struct Comment {
    pub id: i64,
    pub text: String,
    pub post_id: i64,
    pub votes: i64,
}

/// A row of a bulk insert, borrowed.
pub type NewUser<'a> = (&'a str, &'a str, bool, DateTime<Utc>, DateTime<Utc>);

/// What each case does, by hand. A failure ends the run: nothing here is expected to fail.
pub trait Floor {
    fn get(&mut self, id: i64) -> User;
    fn get_by_email(&mut self, email: &str) -> User;
    /// The ten newest that are confirmed and older than this.
    fn page(&mut self, older_than: i32) -> Vec<User>;
    /// All up to this id.
    fn load(&mut self, last: i64) -> Vec<User>;
    /// Every user with every post of his.
    fn join(&mut self) -> Vec<(User, Post)>;
    /// The users up to this id, their posts, and the comments of these: three statements.
    fn preload(&mut self, last: i64) -> Vec<Author>;
    fn begin(&mut self);
    fn rollback(&mut self);
    fn insert(&mut self, name: &str, email: &str, age: i32) -> User;
    fn update(&mut self, id: i64, age: i32) -> u64;
    fn delete(&mut self, id: i64) -> u64;
    /// Sends a statement without parameters or rows.
    fn script(&mut self, sql: &str);
    fn insert_all(&mut self, rows: &[NewUser<'_>]) -> u64;
}
