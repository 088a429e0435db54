//! Tables made anew in files: what a crash leaves, what a full disk leaves, and what other connections see meanwhile.
//!
//! The slow ones run by `cargo test -p ecto-tests --test rebuild -- --ignored`.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking, and says why on the terminal")]
#![allow(clippy::print_stdout, reason = "the slow ones say what they measured")]

#[path = "rebuild/crash.rs"]
mod crash;
#[path = "rebuild/others.rs"]
mod others;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ecto_core::adapter::{self, Adapter, ConnectOptions, Connection, PoolOptions, Role};
use ecto_core::migration::Direction;
use ecto_core::migration::Migrator;
use ecto_core::prelude::*;
use tempfile::TempDir;

/// A migration from a closure.
struct Written(fn(&mut Change));

impl Migration for Written {
    fn change(&self, m: &mut Change) {
        (self.0)(m);
    }
}

/// `.ci/older-sqlite` says which it links; a newer one of the system could slip in.
#[test]
fn the_library_is_the_one_that_was_asked_for() {
    let asked = std::env::var("ECTO_TEST_SQLITE_VERSION").unwrap_or_else(|_| rusqlite::version().to_owned());
    assert_eq!(rusqlite::version(), asked);
    // The oldest that the driver links.
    assert!(rusqlite::version_number() >= 3_044_000, "{asked}");
}

/// Users with a name, and posts that go with them.
fn made() -> Migrations {
    Migrations::new().add(
        1,
        "made",
        Written(|m| {
            m.create_table("users", |t| {
                t.add("name", Type::Text);
                t.add("age", Type::Integer);
            });
            m.create_table("posts", |t| _ = t.add("user_id", references("users").on_delete(OnDelete::DeleteAll)));
            m.create_index("users", ["name"]);
        }),
    )
}

/// The same and a change that makes `users` anew.
fn changed() -> Migrations {
    made().add(
        2,
        "changed",
        Written(|m| {
            m.alter_table("users", |t| _ = t.modify("age", Type::Text).default("none").from(Type::Integer));
        }),
    )
}

fn file(folder: &TempDir) -> PathBuf {
    folder.path().join("test.db")
}

fn repo(path: &Path) -> Repo {
    Repo::connect(&format!("sqlite://{}", path.display())).unwrap()
}

/// A database with so many users, each with a post.
fn filled(path: &Path, users: u64) -> Repo {
    let repo = repo(path);
    repo.migrate(&made()).unwrap();
    let numbers = format!("WITH RECURSIVE r (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r WHERE x < {users})");
    repo.query(&format!("{numbers} INSERT INTO users (name, age) SELECT 'user ' || x, x % 90 FROM r"), ()).unwrap();
    repo.query("INSERT INTO posts (user_id) SELECT id FROM users", ()).unwrap();
    repo
}

fn texts(repo: &Repo, sql: &str) -> Vec<String> {
    repo.query(sql, ()).unwrap().load().unwrap()
}

fn number(repo: &Repo, sql: &str) -> i64 {
    repo.query(sql, ()).unwrap().load::<i64>().unwrap()[0]
}

const SCHEMA: &str = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' ORDER BY name";

/// Runs the change on a connection of its own, which was told these pragmas.
fn migrate_on(path: &Path, pragmas: &str) -> Result<Vec<i64>, Error> {
    run_on(path, pragmas, &changed())
}

fn run_on(path: &Path, pragmas: &str, migrations: &Migrations) -> Result<Vec<i64>, Error> {
    let url = format!("sqlite://{}", path.display());
    let (adapter, _pool): (Arc<dyn Adapter>, _) = adapter::open(&url, ConnectOptions::default(), PoolOptions::default())?;
    let mut connection: Box<dyn Connection> = adapter.connect(Role::Writer)?;
    connection.script(pragmas)?;
    Migrator::new(&adapter, migrations).run_on(&mut connection, Direction::Up, Until::All, &mut |_| {})
}
