//! Which rows, in which order, and what of them.

use ecto_core::prelude::*;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::blog::{self, Post, User};

pub(super) const CASES: &[Case] = &[
    case!(filters_are_joined_by_and, ["Q-07"]),
    case!(and_or_not_group_as_they_are_written, ["A-03", "Q-08"]),
    case!(every_comparison, ["A-01"]),
    case!(null_is_asked_for_by_name, ["A-07", "Q-09"]),
    case!(a_list_may_be_empty, ["A-04", "Q-32"]),
    case!(rows_are_found_by_another_query, ["A-05", "Q-23"]),
    case!(a_pattern_minds_the_case, ["A-06"]),
    case!(a_pattern_that_does_not_mind_the_case, ["A-06"], with ilike),
    case!(arithmetic_in_the_database, ["A-02"]),
    case!(the_order_says_where_null_stands, ["Q-14"]),
    case!(a_page_of_rows, ["Q-16"]),
    case!(each_row_once, ["Q-13"]),
    case!(rows_that_became_one_are_sorted_by_what_they_have, ["Q-13"]),
    case!(what_is_selected, ["Q-10", "A-20"]),
    case!(a_struct_of_ones_own, ["Q-11"]),
    case!(values_and_literals, ["A-28"]),
    case!(sql_of_ones_own_inside_a_query, ["A-14"]),
    case!(an_expression_takes_another_type, ["A-23"]),
    case!(a_default_for_null, ["A-11"]),
    case!(two_tables_joined, ["Q-03", "Q-02"]),
    case!(plain_functions_compose, ["Q-01"]),
    case!(one_query_many_values, ["Q-35"]),
    case!(rows_are_locked, ["Q-17"], with row_locks),
    case!(locks_are_refused_where_there_are_none, ["Q-17"], without row_locks),
    case!(the_sql_can_be_read, ["P-03"]),
];

/// The names of the users that a query finds, sorted.
fn names<O>(stage: &Stage, query: Query<User, O>) -> Result<Vec<String>> {
    stage.repo.all(&query.select(|u| u.name).order_by(|u| u.name.asc()))
}

fn filters_are_joined_by_and(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    assert_eq!(names(stage, User::query().filter(|u| u.age.gt(18)).filter(|u| u.name.eq("Cy")))?, ["Cy"]);
    assert_eq!(names(stage, User::query().filter(|u| u.age.gt(18)).filter(|u| u.confirmed.eq(false)))?, Vec::<String>::new());
    Ok(())
}

fn and_or_not_group_as_they_are_written(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    let either = User::query().filter(|u| u.name.eq("Al").or(u.name.eq("Bo"))).filter(|u| u.age.gt(20));
    assert_eq!(names(stage, either)?, ["Bo"]);
    let nested = User::query().filter(|u| u.name.eq("Al").or(u.name.eq("Bo").and(u.age.gt(20))));
    assert_eq!(names(stage, nested)?, ["Al", "Bo"]);
    let neither = User::query().filter(|u| u.name.eq("Al").or(u.name.eq("Bo")).not());
    assert_eq!(names(stage, neither)?, ["Cy", "Di"]);
    Ok(())
}

fn every_comparison(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    assert_eq!(names(stage, User::query().filter(|u| u.age.eq(30)))?, ["Bo"]);
    assert_eq!(names(stage, User::query().filter(|u| u.age.ne(30)))?, ["Al", "Cy"]);
    assert_eq!(names(stage, User::query().filter(|u| u.age.lt(30)))?, ["Al"]);
    assert_eq!(names(stage, User::query().filter(|u| u.age.le(30)))?, ["Al", "Bo"]);
    assert_eq!(names(stage, User::query().filter(|u| u.age.gt(30)))?, ["Cy"]);
    assert_eq!(names(stage, User::query().filter(|u| u.age.ge(30)))?, ["Bo", "Cy"]);
    assert_eq!(names(stage, User::query().filter(|u| u.age.between(17, 30)))?, ["Al", "Bo"]);
    assert_eq!(names(stage, User::query().filter(|u| u.name.ge("Bo")))?, ["Bo", "Cy", "Di"]);
    Ok(())
}

fn null_is_asked_for_by_name(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    assert_eq!(names(stage, User::query().filter(|u| u.age.is_nil()))?, ["Di"]);
    assert_eq!(names(stage, User::query().filter(|u| u.age.is_not_nil()))?, ["Al", "Bo", "Cy"]);
    assert_eq!(names(stage, User::query().filter(|u| u.age.eq_or_nil(None)))?, ["Di"]);
    assert_eq!(names(stage, User::query().filter(|u| u.age.eq_or_nil(Some(30))))?, ["Bo"]);
    Ok(())
}

fn a_list_may_be_empty(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    assert_eq!(names(stage, User::query().filter(|u| u.name.in_(["Al", "Cy", "nobody"])))?, ["Al", "Cy"]);
    assert_eq!(names(stage, User::query().filter(|u| u.age.in_(vec![17, 45])))?, ["Al", "Cy"]);
    let none: Vec<i32> = Vec::new();
    assert_eq!(names(stage, User::query().filter(|u| u.age.in_(none.clone())))?, Vec::<String>::new());
    assert_eq!(names(stage, User::query().filter(|u| u.age.in_(none).not()))?, ["Al", "Bo", "Cy", "Di"]);
    let many: Vec<i32> = (0..5_000).collect();
    assert_eq!(names(stage, User::query().filter(|u| u.age.in_(many)))?, ["Al", "Bo", "Cy"]);
    Ok(())
}

fn rows_are_found_by_another_query(stage: &Stage) -> Outcome {
    let users = blog::four_users(stage)?;
    blog::post(&stage.repo, "x", Some(users[1].id), 5)?;
    let authors = Post::query().select(|p| p.author_id);
    assert_eq!(names(stage, User::query().filter(|u| u.id.in_query(authors)))?, ["Bo"]);
    assert_eq!(names(stage, User::query().filter(|u| Post::query().filter(|p| p.author_id.eq(u.id)).exists()))?, ["Bo"]);
    let most = || Post::query().filter(|p| p.title.eq("x")).select(|p| p.visits.max());
    let counted: Vec<(String, Option<i64>)> =
        stage.repo.all(&User::query().filter(|u| u.age.lt(20)).select(|u| (u.name, most().scalar())))?;
    assert_eq!(counted, [("Al".to_owned(), Some(5))]);
    Ok(())
}

fn a_pattern_minds_the_case(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    assert_eq!(names(stage, User::query().filter(|u| u.name.like("A%")))?, ["Al"]);
    assert_eq!(names(stage, User::query().filter(|u| u.name.like("a%")))?, Vec::<String>::new());
    assert_eq!(names(stage, User::query().filter(|u| u.email.like("__@%")))?.len(), 4);
    Ok(())
}

fn a_pattern_that_does_not_mind_the_case(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    assert_eq!(names(stage, User::query().filter(|u| u.name.ilike("a%")))?, ["Al"]);
    Ok(())
}

fn arithmetic_in_the_database(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    blog::post(&stage.repo, "x", None, 7)?;
    let computed = Post::query().select(|p| (p.visits + 3, p.visits - 9, p.visits * 2, p.visits / 2));
    assert_eq!(stage.repo.all(&computed)?, [(10, -2, 14, 3)]);
    assert_eq!(stage.repo.count(&Post::query().filter(|p| (p.visits * 2).gt(13)))?, 1);
    Ok(())
}

fn the_order_says_where_null_stands(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    let ordered = |query: Query<User>| stage.repo.all(&query.select(|u| u.name));
    assert_eq!(ordered(User::query().order_by(|u| u.age.asc().nulls_first()))?, ["Di", "Al", "Bo", "Cy"]);
    assert_eq!(ordered(User::query().order_by(|u| u.age.asc().nulls_last()))?, ["Al", "Bo", "Cy", "Di"]);
    assert_eq!(ordered(User::query().order_by(|u| u.age.desc().nulls_last()))?, ["Cy", "Bo", "Al", "Di"]);
    assert_eq!(ordered(User::query().order_by(|u| (u.confirmed.desc(), u.name.desc())))?, ["Cy", "Bo", "Di", "Al"]);
    assert_eq!(ordered(User::query().order_by(|u| u.confirmed.desc()).order_by(|u| u.name.asc()))?, ["Bo", "Cy", "Al", "Di"]);
    Ok(())
}

fn a_page_of_rows(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    let page = |limit, offset| stage.repo.all(&User::query().order_by(|u| u.id).limit(limit).offset(offset).select(|u| u.name));
    assert_eq!(page(2, 0)?, ["Al", "Bo"]);
    assert_eq!(page(2, 1)?, ["Bo", "Cy"]);
    assert_eq!(page(0, 0)?, Vec::<String>::new());
    assert_eq!(page(9, 3)?, ["Di"]);
    let rest = User::query().order_by(|u| u.id).offset(3).select(|u| u.name);
    assert_eq!(stage.repo.all(&rest)?, ["Di"]);
    Ok(())
}

fn each_row_once(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    for visits in [1, 2, 2, 1] {
        blog::post(&stage.repo, "x", None, visits)?;
    }
    let visits = Post::query().select(|p| p.visits).distinct().order_by(|p| p.visits.desc());
    assert_eq!(stage.repo.all(&visits)?, [2, 1]);
    Ok(())
}

fn rows_that_became_one_are_sorted_by_what_they_have(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    let names = User::query().select(|u| (u.name, u.age + lit(1))).distinct();
    let oldest = stage.repo.all(&names.clone().order_by(|u| ((u.age + lit(1)).desc().nulls_last(), u.name)))?;
    assert_eq!(oldest[0], ("Cy".to_owned(), Some(46)));
    let whole = User::query().left_join(|u| u.posts).select(|(u, p)| (u, p)).distinct();
    assert_eq!(stage.repo.count(&whole.clone().order_by(|(u, p)| (u.name, p.title)))?, 4);
    assert_eq!(stage.repo.all(&User::query().distinct().order_by(|u| u.name))?.len(), 4);
    for refused in [names.order_by(|u| u.email), User::query().select(|u| (u.name, u.age + 1)).distinct().order_by(|u| u.age + 1)] {
        let error = stage.repo.all(&refused).unwrap_err();
        assert!(error.to_string().starts_with("distinct does not accept an order by what is not selected\nhint: "), "{error}");
    }
    let sorted = Query::from_subquery(User::query().distinct()).order_by(|u| u.email).select(|u| u.name);
    assert_eq!(stage.repo.all(&sorted)?, ["Al", "Bo", "Cy", "Di"]);
    Ok(())
}

fn what_is_selected(stage: &Stage) -> Outcome {
    let users = blog::four_users(stage)?;
    let al = || User::query().filter(|u| u.name.eq("Al"));
    assert_eq!(stage.repo.all(&al().select(|u| u.age))?, [Some(17)]);
    assert_eq!(stage.repo.all(&al().select(|u| (u.name, u.confirmed)))?, [("Al".to_owned(), false)]);
    assert_eq!(stage.repo.all(&al().select(|u| (u, u.age.gt(3))))?, [(users[0].clone(), Some(true))]);
    Ok(())
}

/// A part of a user.
#[derive(Projection, Debug, PartialEq)]
struct Contact {
    name: String,
    address: String,
    age: Option<i32>,
}

fn a_struct_of_ones_own(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    let contacts = User::query().filter(|u| u.age.is_nil()).select(|u| ContactCols { name: u.name, address: u.email, age: u.age });
    assert_eq!(stage.repo.all(&contacts)?, [Contact { name: "Di".into(), address: "Di@example.com".into(), age: None }]);
    Ok(())
}

fn values_and_literals(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    let hostile = "x'; DROP TABLE users; -- \\ \"";
    let selected =
        User::query().filter(|u| u.age.eq(lit(30))).select(|u| (u.id.gt(0), value(7), lit(hostile.to_owned()), value(hostile.to_owned())));
    assert_eq!(stage.repo.all(&selected)?, [(Some(true), 7, hostile.to_owned(), hostile.to_owned())]);
    assert_eq!(names(stage, User::query().filter(|u| u.name.eq(hostile)))?, Vec::<String>::new());
    Ok(())
}

fn sql_of_ones_own_inside_a_query(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    assert_eq!(names(stage, User::query().filter(|u| fragment!("lower(?)", u.name).eq("al")))?, ["Al"]);
    let lengths = User::query().filter(|u| u.age.gt(40)).select(|u| fragment!("length(?) + ?", u.email, 1_i64).typed::<i64>());
    assert_eq!(stage.repo.all(&lengths)?, [15]);
    Ok(())
}

fn an_expression_takes_another_type(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    let casts = User::query().filter(|u| u.name.eq("Al")).select(|u| (u.age.cast::<String>(), u.age.cast::<f64>()));
    assert_eq!(stage.repo.all(&casts)?, [(Some("17".to_owned()), Some(17.0))]);
    Ok(())
}

fn a_default_for_null(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    let ages = User::query().order_by(|u| u.id).select(|u| u.age.or_else(-1));
    assert_eq!(stage.repo.all(&ages)?, [17, 30, 45, -1]);
    Ok(())
}

fn two_tables_joined(stage: &Stage) -> Outcome {
    let users = blog::four_users(stage)?;
    let post = blog::post(&stage.repo, "x", Some(users[1].id), 5)?;
    let inner = User::query().join_on::<Post>(|u, p| p.author_id.eq(u.id)).select(|(u, p)| (u, p));
    assert_eq!(stage.repo.all(&inner)?, [(users[1].clone(), post.clone())]);
    let left: Query<(User, Maybe<Post>), _> = User::query().left_join_on::<Post>(|u, p| p.author_id.eq(u.id)).order_by(|(u, _)| u.id);
    let rows = stage.repo.all(&left.select(|(u, p)| (u.name, p.title, p)))?;
    assert_eq!(rows[0], ("Al".to_owned(), None, None));
    assert_eq!(rows[1], ("Bo".to_owned(), Some("x".to_owned()), Some(post)));
    Ok(())
}

fn older_than<S: Sources<Root = User>, O>(query: Query<S, O>, age: i32) -> Query<S, O> {
    query.filter_root(|u| u.age.gt(age)).order_by_root(|u| u.name.desc())
}

fn plain_functions_compose(stage: &Stage) -> Outcome {
    let users = blog::four_users(stage)?;
    blog::post(&stage.repo, "x", Some(users[2].id), 5)?;
    assert_eq!(stage.repo.all(&older_than(User::query(), 20).select(|u| u.name))?, ["Cy", "Bo"]);
    let joined = older_than(User::query().join_on::<Post>(|u, p| p.author_id.eq(u.id)), 20);
    assert_eq!(stage.repo.all(&joined.select(|(u, p)| (u.name, p.title)))?, [("Cy".to_owned(), "x".to_owned())]);
    Ok(())
}

fn one_query_many_values(stage: &Stage) -> Outcome {
    let users = blog::four_users(stage)?;
    for _ in 0..3 {
        for user in &users {
            assert_eq!(stage.repo.all(&User::query().filter(|u| u.name.eq(user.name.as_str())).limit(1))?, std::slice::from_ref(user));
        }
    }
    Ok(())
}

fn rows_are_locked(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    let locked = User::query().filter(|u| u.name.eq("Al")).lock(RowLock::Update);
    let ages = stage.repo.transaction(|repo| {
        let users = repo.all(&locked)?;
        Ok::<_, Error>(users.len())
    })?;
    assert_eq!(ages, 1);
    assert!(stage.repo.to_sql(&locked)?.0.ends_with("FOR UPDATE"));
    Ok(())
}

fn locks_are_refused_where_there_are_none(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    let refused = stage.repo.all(&User::query().lock(RowLock::Update)).unwrap_err();
    assert!(refused.to_string().contains("not supported"), "{refused}");
    assert!(refused.hint().is_some(), "the way out is named");
    Ok(())
}

fn the_sql_can_be_read(stage: &Stage) -> Outcome {
    let query = User::query().filter(|u| u.age.gt(18)).limit(3).select(|u| u.name);
    let (sql, params) = stage.repo.to_sql(&query)?;
    assert!(sql.starts_with("SELECT ") && sql.contains("\"users\"") && sql.contains("LIMIT"), "{sql}");
    assert!(!sql.contains("18"), "a value is a parameter: {sql}");
    assert_eq!(params.len(), 2, "{params:?}");
    let (update, _) = stage.repo.to_sql(&User::query().set(|u| u.age.to(3)))?;
    assert!(update.starts_with("UPDATE \"users\"") && update.contains("SET \"age\" = "), "{update}");
    Ok(())
}
