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
    #[schema(through(User::posts, Post::tags))]
    pub tags: HasMany<Tag>,
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
    pub comments: HasMany<Comment>,
    #[schema(many_to_many, join_through = "posts_tags")]
    pub tags: HasMany<Tag>,
    pub inserted_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "comments")]
pub struct Comment {
    pub id: i64,
    #[changeset(required)]
    pub text: String,
    #[changeset(required, foreign_key)]
    pub post_id: i64,
    pub post: BelongsTo<Post>,
}

#[derive(Schema, Debug, Clone, PartialEq)]
#[schema(table = "tags")]
pub struct Tag {
    pub id: i64,
    pub word: String,
    #[schema(many_to_many, join_through = "posts_tags")]
    pub posts: HasMany<Post>,
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
        m.create_table("comments", |t| {
            t.add("text", Type::Text).not_null();
            t.add("post_id", t.references("posts")).not_null();
        });
        m.create_table("tags", |t| {
            t.add("word", Type::String).not_null();
        });
        m.create_table("posts_tags", |t| {
            t.add("post_id", t.references("posts")).not_null();
            t.add("tag_id", t.references("tags")).not_null();
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
        case!(joins, []),
        case!(preloads, []),
        case!(aggregates, []),
        case!(what_is_refused, []),
        case!(reading_and_writing, []),
        case!(many_rows, []),
        case!(transactions, []),
        case!(options_and_sql, []),
    ];
    run_everywhere("tutorial", cases)
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

/// Three users; the second and the third are adults, and the third has two posts. The first of them is published and about rust and sql, and has a comment.
fn three_users(repo: &Repo) -> Result<Vec<User>> {
    repo.migrate(&migrations())?;
    let insert = |(name, age): (&str, i32)| {
        let changeset = Changeset::new().put_change(User::name, name).put_change(User::email, format!("{name}@x"));
        Ok(repo.insert(changeset.put_change(User::age, age).put_change(User::confirmed, age > 18))?)
    };
    let users: Vec<User> = [("Al", 17), ("Bo", 30), ("Cy", 45)].into_iter().map(insert).collect::<Result<_>>()?;
    let rows = [("one", users[2].id, true), ("two", users[2].id, false)];
    repo.insert_all(Post::rows((Post::title, Post::author_id, Post::published), rows))?;
    let one = repo.fetch_by::<Post>(|p| p.title.eq("one"))?;
    repo.insert(Comment::changeset(Changeset::new(), [("text", "well said".to_owned()), ("post_id", one.id.to_string())]))?;
    repo.insert_all(Tag::rows((Tag::word,), [("rust",), ("sql",)]))?;
    repo.query(
        "INSERT INTO posts_tags (post_id, tag_id) SELECT p.id, t.id FROM posts p, tags t WHERE p.title = 'one' OR t.word = 'rust'",
        (),
    )?;
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

    assert_eq!(repo.all(&recent(Post::query()))?.len(), 2);
    let lower = User::query().filter(|u| fragment!("lower(?)", u.name).eq("cy")).select(|u| u.id);
    assert_eq!(repo.all(&lower)?, [all[2].id]);
    Ok(())
}

fn joins(stage: &Stage) -> Outcome {
    let repo = &stage.repo;
    let all = three_users(repo)?;
    let q = User::query()
        .join(|u| u.posts)
        .left_join(|(_, p)| p.comments)
        .filter(|(_, p, _)| p.published.eq(true))
        .select(|(u, p, c)| (u.name, p.title, c.text));
    let rows: Vec<(String, String, Option<String>)> = repo.all(&q)?;
    assert_eq!(rows, [("Cy".to_owned(), "one".to_owned(), Some("well said".to_owned()))]);
    let whole = User::query().join(|u| u.posts).left_join(|(_, p)| p.comments).order_by(|(_, p, _)| p.id).select(|(u, p, c)| (u, p, c));
    let rows: Vec<(User, Post, Option<Comment>)> = repo.all(&whole)?;
    assert_eq!((rows.len(), &rows[0].0, rows[1].1.title.as_str(), rows[1].2.is_none()), (2, &all[2], "two", true));

    let older = User::query().join_on::<User>(|a, b| a.age.gt(b.age)).order_by(|(a, b)| (a.name, b.name)).select(|(a, b)| (a.name, b.name));
    assert_eq!(repo.all(&older)?.len(), 3);
    let silent = User::query().left_join(|u| u.posts).filter(|(_, p)| p.id.is_nil()).order_by(|(u, _)| u.name).select(|(u, _)| u.name);
    assert_eq!(repo.all(&silent)?, ["Al", "Bo"]);
    let heard = User::query().filter(|u| u.posts.any(|p| p.comments.any(|c| c.text.like("well%"))));
    assert_eq!(repo.all(&heard)?, [all[2].clone()]);
    let by_tag = Tag::query().join(|t| t.posts).order_by(|(t, p)| (t.word, p.title)).select(|(t, p)| (t.word, p.title));
    assert_eq!(repo.all(&by_tag)?.len(), 3);
    Ok(())
}

fn preloads(stage: &Stage) -> Outcome {
    let repo = &stage.repo;
    three_users(repo)?;
    let users = repo.all(&User::query().order_by(|u| u.id).preload(User::posts.then(Post::comments)))?;
    assert!(users[0].posts.get()?.is_empty());
    let commented = |user: &User| user.posts.get()?.iter().map(|post| post.comments.get().map(<[Comment]>::len)).sum::<Result<usize>>();
    assert_eq!(commented(&users[2])?, 1);

    let published = Post::query().filter(|p| p.published.eq(true)).limit(3);
    let users = repo.all(&User::query().order_by(|u| u.id).preload(User::posts.with(published)))?;
    assert_eq!(users[2].posts.get()?.len(), 1);
    let users = repo.all(&User::query().join(|u| u.posts).filter(|(_, p)| p.published.eq(true)).preload_joined(User::posts, |(_, p)| p))?;
    assert_eq!((users.len(), users[0].posts.get()?.len()), (1, 1));

    let mut users = repo.all(&User::query().order_by(|u| u.id))?;
    repo.preload(&mut users, User::posts)?;
    let posts = users.pop().expect("three users").posts.into_vec()?;
    assert_eq!(posts.len(), 2);
    let cy =
        repo.fetch_one(&User::query().filter(|u| u.name.eq("Cy")).preload((User::tags, User::posts.then((Post::author, Post::tags)))))?;
    assert_eq!(cy.tags.get()?.len(), 2, "each once");
    assert_eq!(cy.posts.get()?[0].author.get()?.map(|author| author.id), Some(cy.id));
    Ok(())
}

fn aggregates(stage: &Stage) -> Outcome {
    let repo = &stage.repo;
    three_users(repo)?;
    let counted = User::query()
        .left_join(|u| u.posts)
        .group_by(|(u, _)| (u.id, u.name))
        .order_by(|(u, _)| u.name)
        .select(|(u, p)| (u.name, p.id.count(), count().filter(p.published.eq(true))));
    assert_eq!(repo.all(&counted)?, [("Al".to_owned(), 0, 0), ("Bo".to_owned(), 0, 0), ("Cy".to_owned(), 2, 1)]);
    let busy = User::query().join(|u| u.posts).group_by(|(u, _)| u.name).having(|_| count().gt(1)).select(|(u, _)| u.name);
    assert_eq!(repo.all(&busy)?, ["Cy"]);
    let mean = repo.aggregate(&User::query(), |u| (u.age.avg(), u.age.sum(), u.age.count_distinct()))?;
    assert_eq!((mean.0.map(|mean| (mean * 3.0).round() as i64), mean.1, mean.2), (Some(92), Some(92), 3));
    Ok(())
}

fn what_is_refused(stage: &Stage) -> Outcome {
    let repo = &stage.repo;
    let users = three_users(repo)?;
    assert!(users[0].posts.get().is_err_and(|error| error.is_not_loaded()), "not loaded is an error, not a query");
    let unloaded = serde_json::to_value(HasMany::<String>::default());
    assert!(unloaded.is_err_and(|error| error.to_string().contains("HasMany::is_not_loaded")), "neither is it an empty list");
    let joined = User::query().join(|u| u.posts).preload_joined(User::posts, |(_, p)| p);
    let error = repo.all(&joined.limit(1)).unwrap_err();
    assert!(error.hint().is_some_and(|hint| hint.contains("from_subquery")), "{error}");
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
