//! The rows that are there when the cases begin.

use chrono::{Duration, NaiveDate};
use ecto_core::prelude::*;

use crate::model::{Comment, CreateTables, Post, User};

/// How many users there are, and posts, and comments. The ids of each begin at 1.
pub const ROWS: i64 = 10_000;
/// How many posts a user has who has any, and how many comments a post.
const CHILDREN: i64 = 10;

/// A new database with its rows.
pub fn filled(url: &str) -> std::result::Result<Repo, String> {
    let fill = || {
        let repo = Repo::connect(url)?;
        repo.migrate(&Migrations::new().add(1, "create_tables", CreateTables))?;
        users(&repo)?;
        posts(&repo)?;
        comments(&repo)?;
        Ok(repo)
    };
    fill().map_err(|error: Error| error.to_string())
}

fn users(repo: &Repo) -> Result<u64> {
    let start = NaiveDate::from_ymd_opt(2026, 1, 1).and_then(|day| day.and_hms_micro_opt(9, 30, 0, 123_456)).expect("a date").and_utc();
    let row = |at: i64| {
        let clock = start + Duration::minutes(at);
        let age = i32::try_from(at % 90).expect("a small number");
        (format!("User number {}", at + 1), format!("user{}@example.com", at + 1), Some(age), at % 2 == 0, clock, clock)
    };
    let fields = (User::name, User::email, User::age, User::confirmed, User::inserted_at, User::updated_at);
    repo.insert_all(User::rows(fields, (0..ROWS).map(row)))
}

fn posts(repo: &Repo) -> Result<u64> {
    let row = |at: i64| (format!("Post number {}", at + 1), at / CHILDREN + 1, at % 2 == 0);
    repo.insert_all(Post::rows((Post::title, Post::author_id, Post::published), (0..ROWS).map(row)))
}

fn comments(repo: &Repo) -> Result<u64> {
    let row = |at: i64| (format!("Comment number {}", at + 1), at / CHILDREN + 1, at % 100);
    repo.insert_all(Comment::rows((Comment::text, Comment::post_id, Comment::votes), (0..ROWS).map(row)))
}
