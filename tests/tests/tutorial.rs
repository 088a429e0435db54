//! The program of the documentation, from end to end, on every database: what a reader copies works as it stands.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(missing_docs, reason = "the schemas of an application, as the documentation has them")]

use std::collections::HashMap;
use std::process::ExitCode;
use std::time::Duration;

use ecto_core::prelude::*;
use ecto_tests::case::{Case, Outcome};
use ecto_tests::{Stage, case, run_everywhere};

#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "users", timestamps)]
pub struct User {
    pub id: i64,
    #[changeset(required)]
    pub name: String,
    #[changeset(required, format = "@", unique)]
    pub email: String,
    #[changeset(number(greater_than = 0, less_than = 150))]
    pub age: Option<i32>,
    #[schema(default = false)]
    #[changeset(cast)]
    pub confirmed: bool,
    #[schema(has_many, foreign_key = author_id)]
    pub posts: HasMany<Post>,
    pub inserted_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "posts", timestamps)]
pub struct Post {
    pub id: i64,
    #[changeset(required)]
    pub title: String,
    #[schema(default = false)]
    #[changeset(cast)]
    pub published: bool,
    #[changeset(required, foreign_key)]
    pub author_id: i64,
    pub author: BelongsTo<User>,
    pub inserted_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl User {
    pub fn registration(base: impl Into<Changeset<User>>, params: impl Into<Params>) -> Changeset<User> {
        base.into()
            .cast(params, (User::name, User::email, User::age, User::confirmed))
            .validate_required((User::name, User::email))
            .validate_format(User::email, "@")
            .validate_number(User::age, number().greater_than(0).less_than(150))
            .unique_constraint(User::email)
    }
}

pub struct CreateUsers;
impl Migration for CreateUsers {
    fn change(&self, m: &mut Change) {
        m.create_table("users", |t| {
            t.add("name", Type::String).not_null();
            t.add("email", Type::String).not_null();
            t.add("age", Type::Integer);
            t.add("confirmed", Type::Boolean).default(false);
            t.timestamps();
        });
        m.create_unique_index("users", ["email"]);
    }
}

pub struct CreatePosts;
impl Migration for CreatePosts {
    fn change(&self, m: &mut Change) {
        m.create_table("posts", |t| {
            t.add("title", Type::String).not_null();
            t.add("published", Type::Boolean).not_null().default(false);
            t.add("author_id", t.references("users")).not_null();
            t.timestamps();
        });
    }
}

fn migrations() -> Migrations {
    Migrations::new().add(20261122093000, "create_users", CreateUsers).add(20261122093100, "create_posts", CreatePosts)
}

fn al() -> HashMap<String, String> {
    [("name", "Alice"), ("email", "alice@example.com"), ("age", "30")].map(|(key, value)| (key.to_owned(), value.to_owned())).into()
}

fn main() -> ExitCode {
    let cases: &[Case] = &[
        case!(tables_come_and_go, []),
        case!(changesets_in_every_form, []),
        case!(queries, []),
        case!(reading_and_writing, []),
        case!(many_rows, []),
        case!(transactions, []),
        case!(options_and_sql, []),
    ];
    run_everywhere(cases)
}

fn tables_come_and_go(stage: &Stage) -> Outcome {
    let repo = Repo::builder(&stage.url).pool_size(2).connect()?;
    assert_eq!(repo.migrate(&migrations())?, [20261122093000, 20261122093100]);
    assert!(repo.migrate(&migrations())?.is_empty());
    assert_eq!(repo.rollback(&migrations(), Until::Steps(1))?, [20261122093100]);
    assert_eq!(repo.count(&User::query())?, 0);
    assert!(repo.count(&Post::query()).is_err());
    assert_eq!(repo.rollback(&migrations(), Until::All)?, [20261122093000]);
    Ok(())
}

fn changesets_in_every_form(stage: &Stage) -> Outcome {
    let repo = &stage.repo;
    repo.migrate(&migrations())?;
    let user = repo.insert(User::changeset(Changeset::new(), al()))?;
    assert_eq!((user.name.as_str(), user.age, user.confirmed), ("Alice", Some(30), false));
    let edit = User::registration(user.clone(), Params::from_form("name=Al&age=31"));
    assert_eq!(edit.changes().len(), 2, "only what differs is sent");
    let user = repo.update(edit)?;
    let json = serde_json::json!({"name": "Bo", "email": "bo@example.com", "age": 7});
    let bo = repo.insert(User::registration(Changeset::new(), json))?;
    let pairs = [("name", "Cy"), ("email", "cy@example.com")];
    repo.insert(User::registration(Changeset::new(), pairs))?;
    repo.delete(user.clone())?;
    let copy = repo.insert(Changeset::insert(user.clone()))?;
    assert_eq!(copy, user);

    match repo.insert(User::changeset(Changeset::new(), [("name", "Di"), ("email", "bo@example.com")])) {
        Ok(user) => panic!("{user:?}"),
        Err(WriteError::Invalid(changeset)) => assert_eq!(changeset.errors()[0].to_string(), "email has already been taken"),
        Err(WriteError::Database(error)) => return Err(error.into()),
    }
    let orphan = Post::changeset(Changeset::new(), [("title", "x"), ("author_id", "99")]);
    let refused = repo.insert(orphan).unwrap_err().into_changeset().expect("an error on a field");
    assert_eq!(refused.errors()[0].to_string(), "author_id does not exist");
    assert!(!bo.posts.is_loaded() && bo.posts.get().is_err());
    Ok(())
}

/// Three users; the second and the third are adults, and the third has two posts.
fn three_users(repo: &Repo) -> Result<Vec<User>> {
    repo.migrate(&migrations())?;
    let insert = |(name, age): (&str, i32)| {
        let changeset = Changeset::new().put_change(User::name, name).put_change(User::email, format!("{name}@x"));
        Ok(repo.insert(changeset.put_change(User::age, age).put_change(User::confirmed, age > 18))?)
    };
    let users: Vec<User> = [("Al", 17), ("Bo", 30), ("Cy", 45)].into_iter().map(insert).collect::<Result<_>>()?;
    let rows = [("one", users[2].id, true), ("two", users[2].id, false)];
    repo.insert_all(Post::rows((Post::title, Post::author_id, Post::published), rows))?;
    Ok(users)
}

fn recent<S: Sources<Root = Post>, O>(q: Query<S, O>) -> Query<S, O> {
    q.order_by_root(|p| p.inserted_at.desc())
}

fn queries(stage: &Stage) -> Outcome {
    let repo = &stage.repo;
    let all = three_users(repo)?;
    let adults = User::query().filter(|u| u.age.gt(18).and(u.confirmed.eq(true))).order_by(|u| u.inserted_at.desc()).limit(10);
    let users: Vec<User> = repo.all(&adults)?;
    assert_eq!(users, [all[2].clone(), all[1].clone()]);

    let q = User::query().join(|u| u.posts).filter(|(_, p)| p.published.eq(true)).select(|(u, p)| (u.name, p.title));
    let rows: Vec<(String, String)> = repo.all(&q)?;
    assert_eq!(rows, [("Cy".to_owned(), "one".to_owned())]);
    let whole = User::query().left_join(|u| u.posts).order_by(|(u, p)| (u.id, p.id)).select(|(u, p)| (u, p));
    let rows: Vec<(User, Option<Post>)> = repo.all(&whole)?;
    assert_eq!((rows.len(), rows[0].1.is_none(), rows[3].1.as_ref().map(|post| post.title.as_str())), (4, true, Some("two")));
    assert_eq!(repo.all(&recent(Post::query()))?.len(), 2);
    let lower = User::query().filter(|u| fragment!("lower(?)", u.name).eq("cy")).select(|u| u.id);
    assert_eq!(repo.all(&lower)?, [all[2].id]);
    Ok(())
}

fn reading_and_writing(stage: &Stage) -> Outcome {
    let repo = &stage.repo;
    let all = three_users(repo)?;
    let user: Option<User> = repo.get::<User>(all[0].id)?;
    assert_eq!(user.as_ref(), Some(&all[0]));
    assert!(repo.fetch::<User>(-1).is_err_and(|error| error.is_not_found()));
    let user = repo.get_by::<User>(|u| u.email.eq("Bo@x"))?.expect("Bo is there");
    let adults = User::query().filter(|u| u.age.gt(18));
    let n: i64 = repo.count(&adults)?;
    let oldest = repo.aggregate(&adults, |u| u.age.max())?;
    assert_eq!((n, oldest, repo.exists(&adults)?), (2, Some(45), true));
    assert_eq!(repo.one(&adults.filter(|u| u.name.eq("Cy")))?.map(|user| user.id), Some(all[2].id));

    let user = repo.update(User::changeset(user, [("age", "31")]))?;
    let user = repo.insert_or_update(User::changeset(user, [("age", "32")]))?;
    assert_eq!(repo.fetch::<User>(user.id)?.age, Some(32));
    repo.delete(user)?;
    assert_eq!(repo.count(&User::query())?, 2);
    Ok(())
}

fn many_rows(stage: &Stage) -> Outcome {
    let repo = &stage.repo;
    repo.migrate(&migrations())?;
    assert_eq!(repo.insert_all(User::rows((User::name, User::email), [("Al", "al@x"), ("Bo", "bo@x")]))?, 2);
    repo.insert_all(vec![User::changeset(Changeset::new(), al())])?;
    let minors = User::query().filter(|u| u.age.lt(18).or(u.age.is_nil()));
    assert_eq!(repo.update_all(&minors.clone().set(|u| u.confirmed.to(false)))?, 2);
    assert_eq!(repo.delete_all(&minors)?, 2);
    assert!(repo.delete_all(&minors.limit(1)).is_err(), "with an order or a limit: a typed refusal");
    Ok(())
}

/// What an application makes of both kinds of failure.
#[derive(Debug)]
enum MyError {
    Refused,
    Failed(Error),
}

impl From<Error> for MyError {
    fn from(error: Error) -> Self {
        MyError::Failed(error)
    }
}

impl<S> From<WriteError<S>> for MyError {
    fn from(error: WriteError<S>) -> Self {
        match error {
            WriteError::Invalid(_) => MyError::Refused,
            WriteError::Database(error) => MyError::Failed(error),
        }
    }
}

fn transactions(stage: &Stage) -> Outcome {
    let repo = &stage.repo;
    repo.migrate(&migrations())?;
    let kept = repo.transaction(|repo| {
        let u = repo.insert(User::changeset(Changeset::new(), al()))?;
        repo.insert(Post::changeset(Changeset::new(), [("title", "x".to_owned()), ("author_id", u.id.to_string())]))?;
        Ok::<_, MyError>(u)
    });
    assert!(kept.is_ok(), "{kept:?}");
    let refused = repo.transaction(|repo| {
        repo.delete_all(&Post::query())?;
        repo.insert(User::changeset(Changeset::new(), al()))?;
        Ok::<_, MyError>(())
    });
    assert!(matches!(refused, Err(MyError::Refused)), "{refused:?}");
    let lost = repo.transaction(|repo| Ok::<_, MyError>(repo.fetch::<User>(-1)?));
    assert!(matches!(lost, Err(MyError::Failed(error)) if error.is_not_found()));
    assert_eq!(repo.count(&Post::query())?, 1);
    Ok(())
}

fn options_and_sql(stage: &Stage) -> Outcome {
    let repo = &stage.repo;
    three_users(repo)?;
    let q = User::query().filter(|u| u.age.gt(18));
    assert_eq!(repo.with(|o| o.timeout(Duration::from_secs(5))).all(&q)?.len(), 2);
    let (sql, params) = repo.to_sql(&q)?;
    assert!(sql.contains("\"users\"") && params.len() == 1, "{sql}");
    assert_eq!(repo.query("SELECT 1", ())?.load::<i32>()?, [1]);
    Ok(())
}
