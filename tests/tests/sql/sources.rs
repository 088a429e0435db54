//! Queries over several sources: joins, groups, combinations, queries as sources.

use ecto_core::prelude::*;
use ecto_core::repo::ToStatement;

use crate::{Comment, Post, User, assert_refused, assert_sql, repo};

/// The same text on both databases, but for the sign of a parameter.
#[track_caller]
fn assert_both(statement: &impl ToStatement, sqlite: &str) {
    assert_sql(statement, sqlite, &sqlite.replace('?', "$"));
}

#[track_caller]
fn assert_foreign(statement: &impl ToStatement) {
    let error = repo("sqlite::memory:").to_sql(statement).unwrap_err();
    assert!(error.to_string().contains("does not enclose this one"), "{error}");
}

#[test]
fn a_handle_of_a_query_beside_this_one_is_refused() {
    let mut kept = None;
    let _ = Post::query().filter(|p| {
        kept = Some(p);
        p.id.eq(1)
    });
    let post = kept.unwrap();
    let statements = [
        User::query().filter(|_| post.id.eq(1)),
        User::query().order_by(|_| post.id),
        User::query().filter(|u| u.posts.any(|_| post.id.eq(1))),
        User::query().filter(|u| Post::query().filter(|_| post.id.eq(u.id)).exists()),
        User::query().group_by(|_| post.id),
    ];
    for statement in statements {
        assert_foreign(&statement);
    }
    assert_foreign(&User::query().select(|_| post));
    assert_foreign(&User::query().set(|_| post.id.to(1)));
    assert_foreign(&User::query().join_on::<Comment>(|_, c| c.post_id.eq(post.id)));
}

#[test]
fn a_refused_handle_is_not_found_in_the_cache_of_statements() {
    let repo = repo("sqlite::memory:");
    repo.query("CREATE TABLE posts (id INTEGER, author_id INTEGER, title TEXT, price_eur TEXT)", ()).unwrap();
    let mut kept = None;
    let right = Post::query().filter(|p| {
        kept = Some(p);
        p.id.eq(1)
    });
    let post = kept.unwrap();
    assert_eq!(repo.all(&right.select(|p| p.id)).unwrap(), Vec::<i64>::new());
    let error = repo.all(&Post::query().filter(|_| post.id.eq(1)).select(|p| p.id)).unwrap_err();
    assert!(error.to_string().contains("does not enclose this one"), "{error}");
}

#[test]
fn outer_joins_and_cross_joins() {
    assert_both(
        &User::query().right_join(|u| u.posts).full_join_on::<Comment>(|(_, p), c| c.post_id.eq(p.id)).select(|(u, _, c)| (u.id, c.id)),
        "SELECT u0.id, c2.id FROM users AS u0 RIGHT JOIN posts AS p1 ON u0.id = p1.author_id FULL OUTER JOIN comments AS c2 ON c2.post_id = p1.id",
    );
    assert_both(
        &User::query().cross_join::<User>().right_join_on::<User>(|(a, _), c| a.id.eq(c.id)).select(|(a, b, c)| (a.id, b.id, c.id)),
        "SELECT u0.id, u1.id, u2.id FROM users AS u0 INNER JOIN users AS u1 ON TRUE RIGHT JOIN users AS u2 ON u0.id = u2.id",
    );
    assert_both(
        &User::query().join(|u| u.posts).full_join(|(_, p)| p.comments).select(|(u, _, c)| (u.id, c.id)),
        "SELECT u0.id, c2.id FROM users AS u0 INNER JOIN posts AS p1 ON u0.id = p1.author_id FULL OUTER JOIN comments AS c2 ON p1.id = c2.post_id",
    );
}

#[test]
fn groups_and_what_is_kept_of_them() {
    assert_both(
        &User::query()
            .join(|u| u.posts)
            .group_by(|(u, _)| (u.id, u.name))
            .having(|(_, p)| count().ge(2).and(p.id.max().gt(9)))
            .order_by(|_| count().desc())
            .select(|(u, p)| (u.name, p.title.count_distinct(), count().filter(p.title.like("x%")))),
        "SELECT u0.name, COUNT(DISTINCT p1.title), COUNT(*) FILTER (WHERE p1.title LIKE ?3) FROM users AS u0 INNER JOIN posts AS p1 ON u0.id = p1.author_id GROUP BY u0.id, u0.name HAVING (COUNT(*)) >= ?1 AND MAX(p1.id) > ?2 ORDER BY COUNT(*) DESC",
    );
}

#[test]
fn a_filter_may_depend_on_a_value_that_may_be_missing() {
    let search = |name: Option<&str>| User::query().filter_some(name, |u, name| u.name.eq(name)).select(|u| u.id);
    assert_both(&search(Some("Al")), "SELECT u0.id FROM users AS u0 WHERE u0.name = ?1");
    assert_both(&search(None), "SELECT u0.id FROM users AS u0");
}

#[test]
fn combinations_happen_in_the_order_in_which_they_are_written() {
    let old = || User::query().filter(|u| u.age.gt(60)).select(|u| u.name);
    let titles = || Post::query().filter(|p| p.id.lt(9)).select(|p| p.title);
    assert_sql(
        &old().union(titles()).limit(3),
        "SELECT u0.name FROM users AS u0 WHERE u0.age > ?1 UNION SELECT p0.title FROM posts AS p0 WHERE p0.id < ?2 LIMIT ?3",
        "SELECT u0.name FROM users AS u0 WHERE u0.age > $1 UNION (SELECT p0.title FROM posts AS p0 WHERE p0.id < $2) LIMIT $3",
    );
    assert_sql(
        &old().union_all(titles()).intersect(old()),
        "SELECT * FROM (SELECT u0.name FROM users AS u0 WHERE u0.age > ?1 UNION ALL SELECT p0.title FROM posts AS p0 WHERE p0.id < ?2) AS part INTERSECT SELECT u0.name FROM users AS u0 WHERE u0.age > ?3",
        "SELECT * FROM (SELECT u0.name FROM users AS u0 WHERE u0.age > $1 UNION ALL (SELECT p0.title FROM posts AS p0 WHERE p0.id < $2)) AS part INTERSECT (SELECT u0.name FROM users AS u0 WHERE u0.age > $3)",
    );
    assert_sql(
        &old().except(titles().order_by(|p| p.id).limit(2)),
        "SELECT u0.name FROM users AS u0 WHERE u0.age > ?1 EXCEPT SELECT * FROM (SELECT p0.title FROM posts AS p0 WHERE p0.id < ?2 ORDER BY p0.id ASC LIMIT ?3) AS part",
        "SELECT u0.name FROM users AS u0 WHERE u0.age > $1 EXCEPT (SELECT * FROM (SELECT p0.title FROM posts AS p0 WHERE p0.id < $2 ORDER BY p0.id ASC LIMIT $3) AS part)",
    );
}

#[test]
fn what_needs_columns_reads_from_the_whole() {
    let ends = Comment::query().filter(|c| c.id.lt(1)).union(Comment::query().filter(|c| c.id.gt(2)));
    assert_sql(
        &Query::from_subquery(ends).filter(|c| c.post_id.lt(3)).order_by(|c| c.text).select(|c| c.id).limit(4),
        "SELECT c0.id FROM (SELECT sc0.id, sc0.post_id, sc0.text FROM comments AS sc0 WHERE sc0.id < ?2 UNION SELECT sc0.id, sc0.post_id, sc0.text FROM comments AS sc0 WHERE sc0.id > ?3) AS c0 WHERE c0.post_id < ?1 ORDER BY c0.text ASC LIMIT ?4",
        "SELECT c0.id FROM (SELECT sc0.id, sc0.post_id, sc0.text FROM comments AS sc0 WHERE sc0.id < $2 UNION (SELECT sc0.id, sc0.post_id, sc0.text FROM comments AS sc0 WHERE sc0.id > $3)) AS c0 WHERE c0.post_id < $1 ORDER BY c0.text ASC LIMIT $4",
    );
}

#[test]
fn a_combination_takes_a_limit_and_nothing_else() {
    let both = || User::query().union(User::query());
    for url in ["sqlite::memory:", "postgres://nobody@localhost/nowhere"] {
        assert_refused(&both().distinct(), url, "a combination of queries does not accept distinct");
        assert_refused(&both().select(|()| value(1)), url, "a combination of queries does not accept a select");
        assert_refused(&both().filter_root(|u| u.id.eq(1)), url, "does not accept a clause over its sources");
        assert_refused(&User::query().join(|u| u.posts).set(|(u, p)| u.name.to(p.title)), url, "a value of a joined source");
        assert_refused(&User::query().join(|u| u.posts).set(|(_, p)| p.title.to("x")), url, "a value of a joined source");
        assert_refused(
            &Query::from_subquery(User::query()).set(|u| u.name.to("x")),
            url,
            "update_all does not accept a query as its source",
        );
    }
}

#[test]
fn an_update_over_joins_goes_by_the_key() {
    assert_both(
        &User::query().filter(|u| u.age.gt(5)).join(|u| u.posts).filter(|(_, p)| p.title.eq("x")).set(|(u, _)| u.name.to("y")),
        "UPDATE users AS u0 SET name = ?1 WHERE u0.id IN (SELECT su0.id FROM users AS su0 INNER JOIN posts AS sp1 ON su0.id = sp1.author_id WHERE su0.age > ?2 AND sp1.title = ?3)",
    );
}
