//! The `postgres` driver by hand: statements prepared once and kept, bulk by `unnest`.

use chrono::{DateTime, Utc};
use postgres::{Client, Error, NoTls, Row, Statement};

use super::{Author, Comment, Floor, NewUser, Post, User, group};

const COLUMNS: &str = "id, name, email, age, confirmed, inserted_at, updated_at";

/// A client with its statements.
pub struct Postgres {
    client: Client,
    get: Statement,
    get_by: Statement,
    page: Statement,
    load: Statement,
    join: Statement,
    posts: Statement,
    comments: Statement,
    insert: Statement,
    update: Statement,
    delete: Statement,
    insert_all: Statement,
}

impl Postgres {
    pub fn open(url: &str) -> Result<Self, Error> {
        let mut client = Client::connect(url, NoTls)?;
        Ok(Postgres {
            get: client.prepare(&format!("SELECT {COLUMNS} FROM users WHERE id = $1"))?,
            get_by: client.prepare(&format!("SELECT {COLUMNS} FROM users WHERE email = $1"))?,
            page: client
                .prepare(&format!("SELECT {COLUMNS} FROM users WHERE age > $1 AND confirmed ORDER BY inserted_at DESC LIMIT $2"))?,
            load: client.prepare(&format!("SELECT {COLUMNS} FROM users WHERE id <= $1 ORDER BY id"))?,
            join: client.prepare(
                "SELECT u.id, u.name, u.email, u.age, u.confirmed, u.inserted_at, u.updated_at, p.id, p.title, p.author_id, p.published \
                 FROM users u JOIN posts p ON p.author_id = u.id",
            )?,
            posts: client.prepare("SELECT id, title, author_id, published FROM posts WHERE author_id = ANY($1)")?,
            comments: client.prepare("SELECT id, text, post_id, votes FROM comments WHERE post_id = ANY($1)")?,
            insert: client.prepare(
                "INSERT INTO users (name, email, age, confirmed, inserted_at, updated_at) VALUES ($1, $2, $3, false, $4, $4) RETURNING id",
            )?,
            update: client.prepare("UPDATE users SET age = $1, updated_at = $2 WHERE id = $3")?,
            delete: client.prepare("DELETE FROM users WHERE id = $1")?,
            insert_all: client.prepare(
                "INSERT INTO users (name, email, confirmed, inserted_at, updated_at) \
                 SELECT * FROM unnest($1::text[], $2::text[], $3::boolean[], $4::timestamptz[], $5::timestamptz[])",
            )?,
            client,
        })
    }
}

fn decode(row: &Row) -> User {
    User {
        id: row.get(0),
        name: row.get(1),
        email: row.get(2),
        age: row.get(3),
        confirmed: row.get(4),
        inserted_at: row.get(5),
        updated_at: row.get(6),
    }
}

fn post(row: &Row, first: usize) -> Post {
    Post {
        id: row.get(first),
        title: row.get(first + 1),
        author_id: row.get(first + 2),
        published: row.get(first + 3),
        comments: Vec::new(),
    }
}

fn comment(row: &Row) -> Comment {
    Comment { id: row.get(0), text: row.get(1), post_id: row.get(2), votes: row.get(3) }
}

impl Floor for Postgres {
    fn get(&mut self, id: i64) -> User {
        decode(&self.client.query_one(&self.get, &[&id]).expect("a row"))
    }

    fn get_by_email(&mut self, email: &str) -> User {
        decode(&self.client.query_one(&self.get_by, &[&email]).expect("a row"))
    }

    fn page(&mut self, older_than: i32) -> Vec<User> {
        self.client.query(&self.page, &[&older_than, &10_i64]).expect("rows").iter().map(decode).collect()
    }

    fn load(&mut self, last: i64) -> Vec<User> {
        self.client.query(&self.load, &[&last]).expect("rows").iter().map(decode).collect()
    }

    fn join(&mut self) -> Vec<(User, Post)> {
        self.client.query(&self.join, &[]).expect("rows").iter().map(|row| (decode(row), post(row, 7))).collect()
    }

    fn preload(&mut self, last: i64) -> Vec<Author> {
        let users = self.load(last);
        let ids: Vec<i64> = users.iter().map(|user| user.id).collect();
        let posts: Vec<Post> = self.client.query(&self.posts, &[&ids]).expect("rows").iter().map(|row| post(row, 0)).collect();
        let ids: Vec<i64> = posts.iter().map(|post| post.id).collect();
        let comments = self.client.query(&self.comments, &[&ids]).expect("rows").iter().map(comment).collect();
        group::tree(users, posts, comments)
    }

    fn begin(&mut self) {
        self.client.batch_execute("BEGIN").expect("a transaction");
    }

    fn rollback(&mut self) {
        self.client.batch_execute("ROLLBACK").expect("a transaction");
    }

    fn insert(&mut self, name: &str, email: &str, age: i32) -> User {
        let now = Utc::now();
        let id = self.client.query_one(&self.insert, &[&name, &email, &age, &now]).expect("a row").get(0);
        User { id, name: name.to_owned(), email: email.to_owned(), age: Some(age), confirmed: false, inserted_at: now, updated_at: now }
    }

    fn update(&mut self, id: i64, age: i32) -> u64 {
        self.client.execute(&self.update, &[&age, &Utc::now(), &id]).expect("a write")
    }

    fn delete(&mut self, id: i64) -> u64 {
        self.client.execute(&self.delete, &[&id]).expect("a write")
    }

    fn script(&mut self, sql: &str) {
        self.client.batch_execute(sql).expect("a statement");
    }

    fn insert_all(&mut self, rows: &[NewUser<'_>]) -> u64 {
        let names: Vec<&str> = rows.iter().map(|row| row.0).collect();
        let emails: Vec<&str> = rows.iter().map(|row| row.1).collect();
        let confirmed: Vec<bool> = rows.iter().map(|row| row.2).collect();
        let inserted: Vec<DateTime<Utc>> = rows.iter().map(|row| row.3).collect();
        let updated: Vec<DateTime<Utc>> = rows.iter().map(|row| row.4).collect();
        self.client.execute(&self.insert_all, &[&names, &emails, &confirmed, &inserted, &updated]).expect("a write")
    }
}
