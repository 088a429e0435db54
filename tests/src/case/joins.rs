//! Several sources: joins of every kind, groups over them, and conditions that look into other tables.

use ecto_core::prelude::*;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::blog::{self, Post, User};

pub(super) const CASES: &[Case] = &[
    case!(a_right_join_keeps_what_nothing_refers_to, ["Q-03"]),
    case!(a_full_join_keeps_both_sides, ["Q-03"]),
    case!(a_cross_join_pairs_all_with_all, ["Q-03"]),
    case!(a_table_is_joined_with_itself, ["Q-03", "Q-02"]),
    case!(groups_over_a_join, ["Q-15", "A-08", "A-10"]),
    case!(a_filter_for_a_value_that_may_be_missing, ["Q-07"]),
    case!(a_condition_looks_into_another_table, ["A-05"]),
    case!(rows_of_two_queries, ["Q-18"]),
    case!(combinations_keep_their_order, ["Q-18"]),
    case!(a_query_as_a_source, ["Q-01", "Q-23"]),
    case!(a_query_is_joined, ["Q-04", "Q-23"]),
    case!(a_joined_query_that_has_no_row, ["Q-03", "Q-04", "Q-23"]),
    case!(a_joined_query_does_not_lose_its_preloads, ["Q-23"]),
    case!(an_update_over_joins, ["Q-38", "R-54"]),
    case!(a_delete_over_joins, ["Q-38", "R-54"]),
];

/// Al has two posts, Bo has one, Cy and Di have none, and one post has no author.
fn posts(stage: &Stage) -> Result<Vec<User>> {
    let users = blog::four_users(stage)?;
    blog::post(&stage.repo, "a1", Some(users[0].id), 1)?;
    blog::post(&stage.repo, "a2", Some(users[0].id), 5)?;
    blog::post(&stage.repo, "b1", Some(users[1].id), 7)?;
    blog::post(&stage.repo, "lost", None, 9)?;
    Ok(users)
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn a_right_join_keeps_what_nothing_refers_to(stage: &Stage) -> Outcome {
    let users = posts(stage)?;
    let joined = User::query().right_join_on::<Post>(|u, p| p.author_id.eq(u.id)).order_by(|(_, p)| p.title);
    let names: Vec<(Option<String>, String)> = stage.repo.all(&joined.clone().select(|(u, p)| (u.name, p.title)))?;
    assert_eq!(names, [(some("Al"), "a1".into()), (some("Al"), "a2".into()), (some("Bo"), "b1".into()), (None, "lost".into())]);
    let authors: Vec<Option<User>> = stage.repo.all(&joined)?;
    assert_eq!(authors, [Some(users[0].clone()), Some(users[0].clone()), Some(users[1].clone()), None]);
    Ok(())
}

fn a_full_join_keeps_both_sides(stage: &Stage) -> Outcome {
    posts(stage)?;
    let joined = User::query().full_join_on::<Post>(|u, p| p.author_id.eq(u.id));
    let pairs =
        joined.clone().order_by(|(u, p)| (u.name.asc().nulls_last(), p.title.asc().nulls_last())).select(|(u, p)| (u.name, p.title));
    let expected = [
        (some("Al"), some("a1")),
        (some("Al"), some("a2")),
        (some("Bo"), some("b1")),
        (some("Cy"), None),
        (some("Di"), None),
        (None, some("lost")),
    ];
    assert_eq!(stage.repo.all(&pairs)?, expected);
    let whole: Vec<(Option<User>, Option<Post>)> = stage.repo.all(&joined.select(|(u, p)| (u, p)))?;
    assert_eq!(whole.iter().filter(|(user, _)| user.is_none()).count(), 1);
    assert_eq!(whole.iter().filter(|(_, post)| post.is_none()).count(), 2);
    Ok(())
}

fn a_cross_join_pairs_all_with_all(stage: &Stage) -> Outcome {
    posts(stage)?;
    assert_eq!(stage.repo.count(&User::query().cross_join::<Post>())?, 16);
    Ok(())
}

fn a_table_is_joined_with_itself(stage: &Stage) -> Outcome {
    posts(stage)?;
    let older = User::query().join_on::<User>(|a, b| a.age.gt(b.age)).order_by(|(a, b)| (a.name, b.name)).select(|(a, b)| (a.name, b.name));
    let pairs = stage.repo.all(&older)?;
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(pairs, [("Bo", "Al"), ("Cy", "Al"), ("Cy", "Bo")]);
    Ok(())
}

fn groups_over_a_join(stage: &Stage) -> Outcome {
    posts(stage)?;
    let joined = User::query().left_join_on::<Post>(|u, p| p.author_id.eq(u.id)).group_by(|(u, _)| (u.id, u.name));
    let written =
        joined.clone().order_by(|(u, _)| u.name).select(|(u, p)| (u.name, p.id.count(), count().filter(p.visits.gt(4)), p.visits.sum()));
    let expected = [("Al".into(), 2, 1, Some(6)), ("Bo".into(), 1, 1, Some(7)), ("Cy".into(), 0, 0, None), ("Di".into(), 0, 0, None)];
    assert_eq!(stage.repo.all(&written)?, expected);
    let many = joined.having(|(_, p)| p.id.count().gt(1)).select(|(u, p)| (u.name, p.author_id.count_distinct()));
    assert_eq!(stage.repo.all(&many)?, [("Al".to_owned(), 1)]);
    Ok(())
}

fn a_filter_for_a_value_that_may_be_missing(stage: &Stage) -> Outcome {
    posts(stage)?;
    let search = |name: Option<&str>, visits: Option<i64>| {
        Post::query().filter_some(name, |p, name| p.title.like(name)).filter_some(visits, |p, visits| p.visits.ge(visits))
    };
    assert_eq!(stage.repo.count(&search(None, None))?, 4);
    assert_eq!(stage.repo.count(&search(Some("a%"), None))?, 2);
    assert_eq!(stage.repo.count(&search(Some("a%"), Some(2)))?, 1);
    let words = ["a1", "b1"];
    let any = Post::query().filter(|p| Predicate::any(words.iter().map(|word| p.title.eq(*word))));
    assert_eq!(stage.repo.count(&any)?, 2);
    Ok(())
}

fn a_condition_looks_into_another_table(stage: &Stage) -> Outcome {
    posts(stage)?;
    let popular = User::query().filter(|u| Post::query().filter(|p| p.author_id.eq(u.id).and(p.visits.gt(4))).exists());
    assert_eq!(stage.repo.all(&popular.order_by(|u| u.name).select(|u| u.name))?, ["Al", "Bo"]);
    let rival = |visits| Post::query().filter(move |p| p.visits.gt(visits));
    let read = User::query().filter(|u| {
        Post::query().filter(|p| p.author_id.eq(u.id).and(rival(p.visits).filter(|other| other.author_id.eq(u.id)).exists())).exists()
    });
    assert_eq!(stage.repo.all(&read.select(|u| u.name))?, ["Al"]);
    Ok(())
}

fn titles(of: std::ops::RangeInclusive<i64>) -> Query<Post, String> {
    Post::query().filter(|p| p.visits.between(*of.start(), *of.end())).select(|p| p.title)
}

fn sorted<S: Sources>(stage: &Stage, query: &Query<S, String>) -> Result<Vec<String>> {
    let mut rows = stage.repo.all(query)?;
    rows.sort();
    Ok(rows)
}

fn rows_of_two_queries(stage: &Stage) -> Outcome {
    posts(stage)?;
    assert_eq!(sorted(stage, &titles(1..=5).union(titles(5..=7)))?, ["a1", "a2", "b1"]);
    assert_eq!(sorted(stage, &titles(1..=5).union_all(titles(5..=7)))?, ["a1", "a2", "a2", "b1"]);
    assert_eq!(sorted(stage, &titles(1..=5).intersect(titles(5..=7)))?, ["a2"]);
    assert_eq!(sorted(stage, &titles(1..=5).except(titles(5..=7)))?, ["a1"]);
    let both = titles(1..=5).union_all(titles(5..=7));
    assert_eq!(stage.repo.count(&both)?, 4);
    assert_eq!(stage.repo.all(&both.clone().limit(3))?.len(), 3);
    assert!(stage.repo.exists(&both)?);
    let authors = User::query().filter(|u| u.name.in_query(User::query().select(|u| u.name).except(titles(1..=9))));
    assert_eq!(stage.repo.count(&authors)?, 4);
    Ok(())
}

fn combinations_keep_their_order(stage: &Stage) -> Outcome {
    posts(stage)?;
    assert_eq!(sorted(stage, &titles(1..=1).union(titles(5..=9)).intersect(titles(5..=7)))?, ["a2", "b1"]);
    assert_eq!(sorted(stage, &titles(1..=1).union(titles(5..=9).intersect(titles(5..=7))))?, ["a1", "a2", "b1"]);
    let least = Post::query().order_by(|p| p.visits).limit(1);
    let most = Post::query().order_by(|p| p.visits.desc()).limit(1);
    let ends = Query::from_subquery(least.union_all(most)).order_by(|p| p.visits.desc());
    assert_eq!(stage.repo.all(&ends.clone().select(|p| p.title))?, ["lost", "a1"]);
    assert_eq!(stage.repo.all(&ends.filter(|p| p.author_id.is_not_nil()).select(|p| p.visits))?, [1]);
    Ok(())
}

fn a_query_as_a_source(stage: &Stage) -> Outcome {
    let users = posts(stage)?;
    let two_oldest = User::query().order_by(|u| u.age.desc().nulls_last()).limit(2);
    let named = Query::from_subquery(two_oldest).filter(|u| u.name.lt("C"));
    assert_eq!(stage.repo.all(&named)?, [users[1].clone()]);
    let read = User::query().join_on::<Post>(|u, p| p.author_id.eq(u.id)).filter(|(u, _)| u.age.gt(18)).select(|(_, p)| p);
    let joined = Query::from_subquery(read).join_on::<User>(|p, u| p.author_id.eq(u.id)).select(|(p, u)| (p.title, u.name));
    assert_eq!(stage.repo.all(&joined)?, [("b1".to_owned(), "Bo".to_owned())]);
    Ok(())
}

fn a_query_is_joined(stage: &Stage) -> Outcome {
    posts(stage)?;
    let best = Post::query().filter(|p| p.title.ne("lost")).order_by(|p| p.visits.desc()).limit(2);
    let read = User::query().filter(|u| u.name.ne("Di")).join_query(best, |u, p| p.author_id.eq(u.id)).filter(|(u, _)| u.age.gt(1));
    let rows = stage.repo.all(&read.clone().order_by(|(u, _)| u.name).select(|(u, p)| (u.name, p.title)))?;
    assert_eq!(rows, [("Al".to_owned(), "a2".to_owned()), ("Bo".to_owned(), "b1".to_owned())], "every value is bound in its place");
    assert_eq!(stage.repo.count(&read)?, 2);
    let twice = Query::from_subquery(User::query().filter(|u| u.age.gt(20)))
        .join_query(Post::query().filter(|p| p.visits.gt(1)), |u, p| p.author_id.eq(u.id))
        .left_join_query(User::query().filter(|u| u.age.lt(20)), |(u, _), o| o.age.lt(u.age))
        .filter(|(u, ..)| u.name.in_(["Bo", "Cy", "Di"]))
        .select(|(u, p, o)| (u.name, p.title, o.name));
    assert_eq!(stage.repo.all(&twice)?, [("Bo".to_owned(), "b1".to_owned(), some("Al"))]);
    let authors = User::query().filter(|u| {
        Post::query()
            .join_query(Post::query().filter(|p| p.visits.gt(4)), |p, q| q.id.eq(p.id))
            .filter(|(p, _)| p.author_id.eq(u.id))
            .exists()
    });
    assert_eq!(stage.repo.all(&authors.order_by(|u| u.name).select(|u| u.name))?, ["Al", "Bo"]);
    Ok(())
}

fn a_joined_query_that_has_no_row(stage: &Stage) -> Outcome {
    posts(stage)?;
    let popular = Post::query().filter(|p| p.visits.gt(5));
    let joined = User::query().left_join_query(popular, |u, p| p.author_id.eq(u.id)).order_by(|(u, _)| u.name);
    let rows: Vec<(String, Option<Post>)> = stage.repo.all(&joined.select(|(u, p)| (u.name, p)))?;
    let titles: Vec<_> = rows.iter().map(|(name, post)| (name.as_str(), post.as_ref().map(|post| post.title.as_str()))).collect();
    assert_eq!(titles, [("Al", None), ("Bo", Some("b1")), ("Cy", None), ("Di", None)]);
    let written = User::query().join_query(Post::query().filter(|p| p.visits.gt(5)), |u, p| p.author_id.eq(u.id));
    assert_eq!(stage.repo.update_all(&written.set(|(u, _)| u.age.to(99)))?, 1);
    Ok(())
}

fn a_joined_query_does_not_lose_its_preloads(stage: &Stage) -> Outcome {
    posts(stage)?;
    let loaded = Post::query().preload(Post::author);
    let error = stage.repo.all(&User::query().join_query(loaded, |u, p| p.author_id.eq(u.id))).unwrap_err();
    assert!(error.to_string().starts_with("a query as a source does not accept a preload before it\nhint: "), "{error}");
    let mut kept = None;
    let _ = User::query().filter(|u| {
        kept = Some(u);
        u.confirmed
    });
    let smuggled = Post::query().filter(|p| p.author_id.eq(kept.expect("a handle").id));
    assert!(stage.repo.all(&User::query().join_query(smuggled, |u, p| p.author_id.eq(u.id))).is_err());
    Ok(())
}

fn an_update_over_joins(stage: &Stage) -> Outcome {
    posts(stage)?;
    let authors = User::query().join_on::<Post>(|u, p| p.author_id.eq(u.id)).filter(|(_, p)| p.visits.gt(4));
    assert_eq!(stage.repo.update_all(&authors.set(|(u, _)| (u.confirmed.to(true), u.age.inc(1))))?, 2);
    let ages = stage.repo.all(&User::query().order_by(|u| u.name).select(|u| u.age))?;
    assert_eq!(ages, [Some(18), Some(31), Some(45), None]);
    Ok(())
}

fn a_delete_over_joins(stage: &Stage) -> Outcome {
    posts(stage)?;
    let lost = Post::query().left_join_on::<User>(|p, u| p.author_id.eq(u.id)).filter(|(_, u)| u.id.is_nil());
    assert_eq!(stage.repo.delete_all(&lost)?, 1);
    let of_al = Post::query().join_on::<User>(|p, u| p.author_id.eq(u.id)).filter(|(_, u)| u.name.eq("Al"));
    assert_eq!(stage.repo.delete_all(&of_al)?, 2);
    assert_eq!(stage.repo.all(&Post::query().select(|p| p.title))?, ["b1"]);
    Ok(())
}
