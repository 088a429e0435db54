//! What a query is on each database: one case, both texts side by side. No database is asked.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking, and says why on the terminal")]

use ecto_core::adapter::recorder::Recorder;
use ecto_core::adapter::{ConnectOptions, PoolOptions, open};
use ecto_core::prelude::*;
use ecto_core::repo::ToStatement;
use rust_decimal::Decimal;

mod sql {
    mod associations;
    mod sources;
}

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    name: String,
    age: Option<i32>,
    confirmed: bool,
    status: Status,
    #[schema(has_many, foreign_key = author_id)]
    posts: HasMany<Post>,
}

#[derive(SqlType, Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Draft,
    InReview,
}

#[derive(Schema)]
#[schema(table = "posts")]
struct Post {
    id: i64,
    author_id: i64,
    title: String,
    #[schema(source = "price_eur")]
    price: Decimal,
    #[schema(has_many)]
    comments: HasMany<Comment>,
}

#[derive(Schema)]
#[schema(table = "comments")]
struct Comment {
    id: i64,
    post_id: i64,
    text: String,
}

fn repo(url: &str) -> Repo {
    Repo::with_adapter(open(url, ConnectOptions::default(), PoolOptions::default()).unwrap().0)
}

/// Both texts of a statement, without the quotes around names.
#[track_caller]
fn assert_sql(statement: &impl ToStatement, sqlite: &str, postgres: &str) {
    for (url, expected) in [("sqlite::memory:", sqlite), ("postgres://nobody@localhost/nowhere", postgres)] {
        let (sql, _) = repo(url).to_sql(statement).unwrap();
        assert_eq!(sql.replace('"', ""), expected, "{url}");
    }
}

#[track_caller]
fn assert_refused(statement: &impl ToStatement, url: &str, part: &str) {
    let error = repo(url).to_sql(statement).unwrap_err();
    assert!(error.is_unsupported() && error.to_string().contains(part), "{error}");
}

#[test]
fn filters_orders_and_bounds() {
    assert_sql(
        &User::query().filter(|u| u.age.gt(18).and(u.confirmed.eq(true))).order_by(|u| u.name.desc()).limit(10).select(|u| u.id),
        "SELECT u0.id FROM users AS u0 WHERE u0.age > ?1 AND u0.confirmed = TRUE ORDER BY u0.name DESC LIMIT ?2",
        "SELECT u0.id FROM users AS u0 WHERE u0.age > $1 AND u0.confirmed = TRUE ORDER BY u0.name DESC LIMIT $2",
    );
    assert_sql(
        &User::query().select(|u| u.id).offset(5),
        "SELECT u0.id FROM users AS u0 LIMIT -1 OFFSET ?1",
        "SELECT u0.id FROM users AS u0 OFFSET $1",
    );
    assert_sql(
        &User::query().select(|u| u.id).order_by(|u| (u.age.asc().nulls_last(), u.id.desc().nulls_first())),
        "SELECT u0.id FROM users AS u0 ORDER BY u0.age ASC NULLS LAST, u0.id DESC NULLS FIRST",
        "SELECT u0.id FROM users AS u0 ORDER BY u0.age ASC NULLS LAST, u0.id DESC NULLS FIRST",
    );
}

#[test]
fn a_later_select_replaces_an_earlier_one() {
    let names = User::query().select(|u| (u.id, value(1))).filter(|u| u.age.lt(5)).select(|u| (u.name, value("x".to_owned())));
    assert_sql(
        &names,
        "SELECT u0.name, ?2 FROM users AS u0 WHERE u0.age < ?1",
        "SELECT u0.name, CAST($2 AS text) FROM users AS u0 WHERE u0.age < $1",
    );
}

#[test]
fn enums_and_literals_are_written_and_values_are_sent() {
    assert_sql(
        &User::query()
            .filter(|u| u.status.eq(Status::InReview).and(u.name.eq("O'Hara")).and(u.name.ne(lit("O'Hara".to_owned()))))
            .select(|u| u.id),
        "SELECT u0.id FROM users AS u0 WHERE u0.status = ('in_review') AND u0.name = ?1 AND u0.name <> ('O''Hara')",
        "SELECT u0.id FROM users AS u0 WHERE u0.status = ('in_review') AND u0.name = $1 AND u0.name <> ('O''Hara')",
    );
}

#[test]
fn lists_are_rounded_up_or_one_array() {
    assert_sql(
        &User::query().filter(|u| u.id.in_([1, 2, 3]).and(u.age.gt(4))).select(|u| u.id),
        "SELECT u0.id FROM users AS u0 WHERE u0.id IN (?1, ?2, ?3, ?4) AND u0.age > ?5",
        "SELECT u0.id FROM users AS u0 WHERE u0.id = ANY($1) AND u0.age > $2",
    );
    assert_sql(
        &User::query().filter(|u| u.id.in_(Vec::<i64>::new())).select(|u| u.id),
        "SELECT u0.id FROM users AS u0 WHERE FALSE",
        "SELECT u0.id FROM users AS u0 WHERE u0.id = ANY($1)",
    );
    assert_sql(
        &User::query().filter(|u| u.id.in_(0..2000).or(u.id.eq(7))).select(|u| u.id),
        "SELECT u0.id FROM users AS u0 WHERE u0.id IN (SELECT value FROM json_each(?1)) OR u0.id = ?2",
        "SELECT u0.id FROM users AS u0 WHERE u0.id = ANY($1) OR u0.id = $2",
    );
}

#[test]
fn nil_is_tested_not_compared() {
    assert_sql(
        &User::query().filter(|u| u.age.is_nil().or(u.age.eq_or_nil(None)).or(u.age.is_not_nil().not())).select(|u| u.id),
        "SELECT u0.id FROM users AS u0 WHERE u0.age IS NULL OR (u0.age IS NOT DISTINCT FROM ?1) OR (NOT u0.age IS NOT NULL)",
        "SELECT u0.id FROM users AS u0 WHERE u0.age IS NULL OR (u0.age IS NOT DISTINCT FROM $1) OR (NOT u0.age IS NOT NULL)",
    );
}

#[test]
fn like_has_regard_to_case_and_ilike_has_not() {
    assert_sql(
        &User::query().filter(|u| u.name.like("A%").or(u.name.ilike("b%"))).select(|u| u.id),
        "SELECT u0.id FROM users AS u0 WHERE u0.name LIKE ?1 OR LOWER(u0.name) LIKE LOWER(?2)",
        "SELECT u0.id FROM users AS u0 WHERE u0.name LIKE $1 OR (u0.name ILIKE $2)",
    );
}

#[test]
fn arithmetic_and_aggregates_have_one_type_on_both() {
    assert_sql(
        &User::query().select(|u| (count(), u.age.sum(), u.age.avg(), u.age.count_distinct(), u.id.sum(), u.id * 2 + 1)),
        "SELECT COUNT(*), SUM(u0.age), AVG(u0.age), COUNT(DISTINCT u0.age), SUM(u0.id), (u0.id * ?1) + ?2 FROM users AS u0",
        "SELECT COUNT(*), SUM(u0.age), CAST(AVG(u0.age) AS double precision), COUNT(DISTINCT u0.age), CAST(SUM(u0.id) AS bigint), (u0.id * $1) + $2 FROM users AS u0",
    );
    assert_sql(
        &User::query().select(|u| u.age.sum().filter(u.confirmed)),
        "SELECT SUM(u0.age) FILTER (WHERE u0.confirmed) FROM users AS u0",
        "SELECT SUM(u0.age) FILTER (WHERE u0.confirmed) FROM users AS u0",
    );
}

#[test]
fn decimals_are_exact_where_they_are_texts() {
    assert_sql(
        &Post::query().filter(|p| p.price.gt(Decimal::ONE)).order_by(|p| p.price.asc()).select(|p| (p.price + Decimal::ONE, p.price.sum())),
        "SELECT ecto_decimal_add(p0.price_eur, ?2), ecto_decimal_sum(p0.price_eur) FROM posts AS p0 WHERE (p0.price_eur COLLATE ECTO_DECIMAL) > ?1 ORDER BY p0.price_eur COLLATE ECTO_DECIMAL ASC",
        "SELECT p0.price_eur + $2, SUM(p0.price_eur) FROM posts AS p0 WHERE p0.price_eur > $1 ORDER BY p0.price_eur ASC",
    );
}

#[test]
fn fragments_take_operands_and_nothing_else() {
    assert_sql(
        &User::query().filter(|u| fragment!("lower(?) || '?' || ? \\? 1", u.name, "x").eq("al?")).select(|u| u.id),
        "SELECT u0.id FROM users AS u0 WHERE (lower(u0.name) || '?' || ?1 ? 1) = ?2",
        "SELECT u0.id FROM users AS u0 WHERE (lower(u0.name) || '?' || CAST($1 AS text) ? 1) = $2",
    );
}

#[test]
fn joins_have_their_conditions_and_their_places() {
    assert_sql(
        &User::query()
            .join(|u| u.posts)
            .left_join(|(_, p)| p.comments)
            .filter(|(_, p, c)| p.title.like("x%").and(c.text.is_nil()))
            .select(|(u, p, c)| (u.name, p.title, c.text)),
        "SELECT u0.name, p1.title, c2.text FROM users AS u0 INNER JOIN posts AS p1 ON u0.id = p1.author_id LEFT JOIN comments AS c2 ON p1.id = c2.post_id WHERE p1.title LIKE ?1 AND c2.text IS NULL",
        "SELECT u0.name, p1.title, c2.text FROM users AS u0 INNER JOIN posts AS p1 ON u0.id = p1.author_id LEFT JOIN comments AS c2 ON p1.id = c2.post_id WHERE p1.title LIKE $1 AND c2.text IS NULL",
    );
}

#[test]
fn subqueries_see_the_queries_around_them() {
    assert_sql(
        &User::query().filter(|u| u.posts.any(|p| p.title.eq("x")).and(u.age.gt(1))).select(|u| u.id).limit(3),
        "SELECT u0.id FROM users AS u0 WHERE EXISTS(SELECT sp0.id, sp0.author_id, sp0.title, sp0.price_eur FROM posts AS sp0 WHERE u0.id = sp0.author_id AND sp0.title = ?2) AND u0.age > ?1 LIMIT ?3",
        "SELECT u0.id FROM users AS u0 WHERE EXISTS(SELECT sp0.id, sp0.author_id, sp0.title, sp0.price_eur FROM posts AS sp0 WHERE u0.id = sp0.author_id AND sp0.title = $2) AND u0.age > $1 LIMIT $3",
    );
}

#[test]
fn a_query_made_outside_keeps_its_columns_inside() {
    let cheap = Post::query().filter(|p| p.price.lt(Decimal::ONE));
    assert_sql(
        &User::query().filter(|u| u.id.in_query(cheap.filter(|p| p.author_id.eq(u.id)).select(|p| p.author_id))).select(|u| u.id),
        "SELECT u0.id FROM users AS u0 WHERE u0.id IN (SELECT sp0.author_id FROM posts AS sp0 WHERE (sp0.price_eur COLLATE ECTO_DECIMAL) < ?1 AND sp0.author_id = u0.id)",
        "SELECT u0.id FROM users AS u0 WHERE u0.id IN (SELECT sp0.author_id FROM posts AS sp0 WHERE sp0.price_eur < $1 AND sp0.author_id = u0.id)",
    );
}

#[test]
fn writes_over_many_rows() {
    assert_sql(
        &User::query().filter(|u| u.age.lt(18)).set(|u| (u.confirmed.to(false), u.age.inc(1), u.name.to("x"))),
        "UPDATE users AS u0 SET confirmed = ?2, age = u0.age + ?3, name = ?4 WHERE u0.age < ?1",
        "UPDATE users AS u0 SET confirmed = $2, age = u0.age + $3, name = $4 WHERE u0.age < $1",
    );
}

#[test]
fn what_one_database_cannot_do_is_refused() {
    let locked = User::query().lock(RowLock::Update).select(|u| u.id);
    assert_refused(&locked, "sqlite::memory:", "a row lock is not supported by SQLite\nhint: leave the lock out");
    let (sql, _) = repo("postgres://nobody@localhost/nowhere").to_sql(&locked).unwrap();
    assert!(sql.ends_with(r#"FROM "users" AS "u0" FOR UPDATE"#), "{sql}");
    for url in ["sqlite::memory:", "postgres://nobody@localhost/nowhere"] {
        assert_refused(&User::query().limit(1).set(|u| u.age.to(None)), url, "update_all does not accept a limit or an offset");
        assert_refused(&User::query().order_by(|u| u.id.asc()).set(|u| u.age.to(None)), url, "update_all does not accept an order");
    }
}

#[test]
fn a_prefix_names_the_schema_of_every_table() {
    let postgres = repo("postgres://nobody@localhost/nowhere").with(|o| o.prefix("tenant_7"));
    let (sql, _) = postgres.to_sql(&User::query().filter(|u| u.posts.any(|p| p.id.eq(1))).select(|u| u.id)).unwrap();
    assert!(sql.contains(r#"FROM "tenant_7"."users" AS "u0""#) && sql.contains(r#"FROM "tenant_7"."posts" AS "sp0""#), "{sql}");
    let error = repo("sqlite::memory:").with(|o| o.prefix("tenant_7")).to_sql(&User::query()).unwrap_err();
    assert!(error.is_unsupported(), "{error}");
}

#[test]
fn a_handle_of_another_query_is_refused() {
    let mut kept = None;
    let _ = User::query().filter(|u| {
        let inner = Post::query().filter(|p| {
            kept = Some(p);
            p.id.eq(1)
        });
        u.id.in_query(inner.select(|p| p.author_id))
    });
    let post = kept.unwrap();
    let error = repo("sqlite::memory:").to_sql(&User::query().filter(|_| post.title.eq("x"))).unwrap_err();
    assert!(error.to_string().contains("does not enclose this one"), "{error}");
}

/// What a preload of comments into two posts sends, without the quotes around names.
#[track_caller]
fn assert_preload(query: Query<Comment>, sqlite: &str, postgres: &str) {
    for (url, expected) in [("sqlite::memory:", sqlite), ("postgres://nobody@localhost/nowhere", postgres)] {
        let recorder = Recorder::new(open(url, ConnectOptions::default(), PoolOptions::default()).unwrap().0);
        let post = |id| Post { id, author_id: 1, title: String::new(), price: Decimal::ONE, comments: HasMany::default() };
        Repo::with_adapter(recorder.adapter()).preload(&mut vec![post(1), post(2), post(1)], Post::comments.with(query.clone())).unwrap();
        let texts: Vec<String> = recorder.texts().iter().map(|sql| sql.replace('"', "")).collect();
        assert_eq!(texts, [expected], "{url}");
    }
}

#[test]
fn a_preload_finds_rows_by_their_keys() {
    assert_preload(
        Comment::query().order_by(|c| c.text.asc()),
        "SELECT c0.id, c0.post_id, c0.text FROM comments AS c0 WHERE c0.post_id IN (?1, ?2) ORDER BY c0.text ASC",
        "SELECT c0.id, c0.post_id, c0.text FROM comments AS c0 WHERE c0.post_id = ANY($1) ORDER BY c0.text ASC",
    );
}

#[test]
fn a_limit_for_each_owner_is_counted_in_a_window() {
    assert_preload(
        Comment::query().filter(|c| c.text.ne("")).order_by(|c| c.text.desc()).limit(3).offset(1),
        "SELECT c0.id, c0.post_id, c0.text FROM (SELECT c0.id, c0.post_id, c0.text, ROW_NUMBER() OVER ( PARTITION BY c0.post_id ORDER BY c0.text DESC, c0.id ASC ) AS ecto_place FROM comments AS c0 WHERE c0.text <> ?1 AND c0.post_id IN (?2, ?3)) AS c0 WHERE c0.ecto_place > ?5 AND c0.ecto_place - ?5 <= ?4 ORDER BY c0.ecto_place ASC",
        "SELECT c0.id, c0.post_id, c0.text FROM (SELECT c0.id, c0.post_id, c0.text, ROW_NUMBER() OVER ( PARTITION BY c0.post_id ORDER BY c0.text DESC, c0.id ASC ) AS ecto_place FROM comments AS c0 WHERE c0.text <> $1 AND c0.post_id = ANY($2)) AS c0 WHERE c0.ecto_place > $4 AND c0.ecto_place - $4 <= $3 ORDER BY c0.ecto_place ASC",
    );
}
