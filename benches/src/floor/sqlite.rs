//! rusqlite by hand.

use std::path::Path;

use chrono::Utc;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Result, Row, params, params_from_iter};

use super::{Author, Comment, Floor, NewUser, Post, User, clock, group};

const GET: &str = "SELECT id, name, email, age, confirmed, inserted_at, updated_at FROM users WHERE id = ?1";
const GET_BY: &str = "SELECT id, name, email, age, confirmed, inserted_at, updated_at FROM users WHERE email = ?1";
const PAGE: &str = "SELECT id, name, email, age, confirmed, inserted_at, updated_at FROM users \
                    WHERE age > ?1 AND confirmed = 1 ORDER BY inserted_at DESC LIMIT ?2";
const LOAD: &str = "SELECT id, name, email, age, confirmed, inserted_at, updated_at FROM users WHERE id <= ?1 ORDER BY id";
const JOIN: &str = "SELECT u.id, u.name, u.email, u.age, u.confirmed, u.inserted_at, u.updated_at, p.id, p.title, p.author_id, p.published \
                    FROM users u JOIN posts p ON p.author_id = u.id";
const POSTS: &str = "SELECT id, title, author_id, published FROM posts WHERE author_id IN ";
const COMMENTS: &str = "SELECT id, text, post_id, votes FROM comments WHERE post_id IN ";
const INSERT: &str = "INSERT INTO users (name, email, age, confirmed, inserted_at, updated_at) VALUES (?1, ?2, ?3, 0, ?4, ?4)";
const UPDATE: &str = "UPDATE users SET age = ?1, updated_at = ?2 WHERE id = ?3";
const DELETE: &str = "DELETE FROM users WHERE id = ?1";
const INSERT_ALL: &str = "INSERT INTO users (name, email, confirmed, inserted_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5)";

/// A connection as a careful user sets it up, and with the planner's stability guarantee, which keeps SQLite from preparing a cached
/// statement again at every use.
pub struct Sqlite(Connection);

impl Sqlite {
    pub fn open(path: &Path) -> Result<Self> {
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;
             PRAGMA busy_timeout = 5000; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -64000",
        )?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Sqlite(connection))
    }

    fn one(&self, sql: &str, key: impl rusqlite::ToSql) -> User {
        let mut statement = self.0.prepare_cached(sql).expect("a statement");
        statement.query_row([key], decode).expect("a row")
    }

    fn many<T>(&self, sql: &str, params: impl rusqlite::Params, decode: impl Fn(&Row<'_>) -> Result<T>) -> Vec<T> {
        let mut statement = self.0.prepare_cached(sql).expect("a statement");
        let mut rows = statement.query(params).expect("rows");
        let mut list = Vec::new();
        while let Some(row) = rows.next().expect("a row") {
            list.push(decode(row).expect("a struct"));
        }
        list
    }

    /// The rows of these parents. A list of parameters, which was found faster than `json_each`.
    fn children<T>(&self, sql: &str, parents: &[i64], decode: impl Fn(&Row<'_>) -> Result<T>) -> Vec<T> {
        let places = vec!["?"; parents.len()].join(", ");
        self.many(&format!("{sql}({places})"), params_from_iter(parents), decode)
    }

    fn run(&self, sql: &str, params: impl rusqlite::Params) -> u64 {
        self.0.prepare_cached(sql).expect("a statement").execute(params).expect("a write") as u64
    }
}

fn decode(row: &Row<'_>) -> Result<User> {
    Ok(User {
        id: row.get_ref(0)?.as_i64()?,
        name: row.get_ref(1)?.as_str()?.to_owned(),
        email: row.get_ref(2)?.as_str()?.to_owned(),
        age: row.get_ref(3)?.as_i64_or_null()?.map(|age| age as i32),
        confirmed: row.get_ref(4)?.as_i64()? != 0,
        inserted_at: clock::parse(row.get_ref(5)?.as_bytes()?),
        updated_at: clock::parse(row.get_ref(6)?.as_bytes()?),
    })
}

fn post(row: &Row<'_>, first: usize) -> Result<Post> {
    Ok(Post {
        id: row.get_ref(first)?.as_i64()?,
        title: row.get_ref(first + 1)?.as_str()?.to_owned(),
        author_id: row.get_ref(first + 2)?.as_i64()?,
        published: row.get_ref(first + 3)?.as_i64()? != 0,
        comments: Vec::new(),
    })
}

fn comment(row: &Row<'_>) -> Result<Comment> {
    Ok(Comment {
        id: row.get_ref(0)?.as_i64()?,
        text: row.get_ref(1)?.as_str()?.to_owned(),
        post_id: row.get_ref(2)?.as_i64()?,
        votes: row.get_ref(3)?.as_i64()?,
    })
}

impl Floor for Sqlite {
    fn get(&mut self, id: i64) -> User {
        self.one(GET, id)
    }

    fn get_by_email(&mut self, email: &str) -> User {
        self.one(GET_BY, email)
    }

    fn page(&mut self, older_than: i32) -> Vec<User> {
        self.many(PAGE, params![older_than, 10], decode)
    }

    fn load(&mut self, last: i64) -> Vec<User> {
        self.many(LOAD, [last], decode)
    }

    fn join(&mut self) -> Vec<(User, Post)> {
        self.many(JOIN, [], |row| Ok((decode(row)?, post(row, 7)?)))
    }

    fn preload(&mut self, last: i64) -> Vec<Author> {
        let users = self.many(LOAD, [last], decode);
        let posts = self.children(POSTS, &users.iter().map(|user| user.id).collect::<Vec<_>>(), |row| post(row, 0));
        let comments = self.children(COMMENTS, &posts.iter().map(|post| post.id).collect::<Vec<_>>(), comment);
        group::tree(users, posts, comments)
    }

    fn begin(&mut self) {
        self.run("BEGIN IMMEDIATE", []);
    }

    fn rollback(&mut self) {
        self.run("ROLLBACK", []);
    }

    fn insert(&mut self, name: &str, email: &str, age: i32) -> User {
        let now = Utc::now();
        self.run(INSERT, params![name, email, age, clock::print(now)]);
        let id = self.0.last_insert_rowid();
        User { id, name: name.to_owned(), email: email.to_owned(), age: Some(age), confirmed: false, inserted_at: now, updated_at: now }
    }

    fn update(&mut self, id: i64, age: i32) -> u64 {
        self.run(UPDATE, params![age, clock::print(Utc::now()), id])
    }

    fn delete(&mut self, id: i64) -> u64 {
        self.run(DELETE, [id])
    }

    fn script(&mut self, sql: &str) {
        self.0.execute_batch(sql).expect("a statement");
    }

    fn insert_all(&mut self, rows: &[NewUser<'_>]) -> u64 {
        let mut statement = self.0.prepare_cached(INSERT_ALL).expect("a statement");
        let insert = |(name, email, confirmed, inserted, updated): &NewUser<'_>| {
            statement.execute(params![name, email, confirmed, clock::print(*inserted), clock::print(*updated)]).expect("a write") as u64
        };
        rows.iter().map(insert).sum()
    }
}
