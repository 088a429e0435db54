//! Many rows at once.

use ecto_core::ViolationKind;
use ecto_core::prelude::*;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::blog::{self, Post, User, new_user};
use crate::scenario::fields::{self, Article, Status};

pub(super) const CASES: &[Case] = &[
    case!(borrowed_rows_are_inserted, ["R-51"]),
    case!(changesets_are_inserted, ["R-51"]),
    case!(no_rows_are_no_statement, ["R-51"]),
    case!(more_rows_than_a_statement_has_parameters, ["R-51"]),
    case!(all_or_none, ["R-51"]),
    case!(every_row_of_a_query_is_changed, ["R-54", "Q-22"]),
    case!(every_row_of_a_query_is_deleted, ["R-55"]),
    case!(an_order_or_a_limit_is_refused, ["Q-38"]),
    case!(a_column_written_twice_is_refused, ["R-51", "R-54"]),
    case!(a_field_with_another_column_is_changed, ["R-54"]),
];

fn borrowed_rows_are_inserted(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let names = [String::from("Al"), String::from("Bo")];
    let rows = names.iter().map(|name| (name.as_str(), "x@example.com"));
    let emails = ["a@x", "b@x"];
    let rows: Vec<_> = rows.zip(emails).map(|((name, _), email)| (name, email)).collect();
    assert_eq!(stage.repo.insert_all(User::rows((User::name, User::email), rows))?, 2);
    let found = stage.repo.all(&User::query().order_by(|u| u.id))?;
    assert_eq!((found[0].name.as_str(), found[1].email.as_str(), found[0].confirmed), ("Al", "b@x", false));
    assert_eq!(found[0].inserted_at, found[1].updated_at, "one reading of the clock for all");
    Ok(())
}

fn changesets_are_inserted(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let changesets = vec![new_user("Al").put_change(User::age, 17), new_user("Bo").put_change(User::confirmed, true)];
    assert_eq!(stage.repo.insert_all(changesets)?, 2);
    let found = stage.repo.all(&User::query().order_by(|u| u.id).select(|u| (u.name, u.age, u.confirmed)))?;
    assert_eq!(found, [("Al".to_owned(), Some(17), false), ("Bo".to_owned(), None, true)]);
    let invalid = vec![new_user("Cy"), User::changeset(Changeset::new(), [("name", "Di")])];
    assert!(stage.repo.insert_all(invalid).is_err());
    assert_eq!(stage.repo.count(&User::query())?, 2);
    Ok(())
}

fn no_rows_are_no_statement(stage: &Stage) -> Outcome {
    // There is no table.
    let none: [(&str, &str); 0] = [];
    assert_eq!(stage.repo.insert_all(User::rows((User::name, User::email), none))?, 0);
    Ok(())
}

fn more_rows_than_a_statement_has_parameters(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let rows: Vec<(String, i64)> = (0..40_000).map(|at| (format!("post {at}"), at)).collect();
    let borrowed = rows.iter().map(|(title, visits)| (title.as_str(), *visits)).collect::<Vec<_>>();
    assert_eq!(stage.repo.insert_all(Post::rows((Post::title, Post::visits), borrowed))?, 40_000);
    let sum = stage.repo.aggregate(&Post::query(), |p| (p.visits.sum(), p.title.max()))?;
    assert_eq!(sum, (Some(799_980_000), Some("post 9999".to_owned())));
    Ok(())
}

fn all_or_none(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let twice = [("Al", "same@x"), ("Bo", "other@x"), ("Cy", "same@x")];
    let refused = stage.repo.insert_all(User::rows((User::name, User::email), twice)).unwrap_err();
    assert_eq!(refused.violation().map(|violation| violation.kind), Some(ViolationKind::Unique), "{refused}");
    assert_eq!(stage.repo.count(&User::query())?, 0);
    Ok(())
}

fn every_row_of_a_query_is_changed(stage: &Stage) -> Outcome {
    let users = blog::four_users(stage)?;
    let adults = User::query().filter(|u| u.age.ge(18));
    assert_eq!(stage.repo.update_all(&adults.clone().set(|u| (u.confirmed.to(false), u.age.inc(1))))?, 2);
    let found = stage.repo.all(&User::query().order_by(|u| u.id))?;
    assert_eq!(found.iter().map(|user| user.age).collect::<Vec<_>>(), [Some(17), Some(31), Some(46), None]);
    assert!(found.iter().all(|user| !user.confirmed));
    assert_eq!(found[1].updated_at, users[1].updated_at, "the clock is for single rows");
    let then: DateTime<Utc> = "2001-02-03T04:05:06Z".parse()?;
    assert_eq!(stage.repo.update_all(&User::query().set(|u| u.age.inc(-1)).set(|u| u.updated_at.to(then)))?, 4);
    assert_eq!(stage.repo.update_all(&User::query().filter(|u| u.id.lt(0)).set(|u| u.age.to(None)))?, 0);
    assert_eq!(stage.repo.fetch::<User>(users[3].id)?.updated_at, then);
    Ok(())
}

fn every_row_of_a_query_is_deleted(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    assert_eq!(stage.repo.delete_all(&User::query().filter(|u| u.confirmed.eq(true)))?, 2);
    assert_eq!(stage.repo.delete_all(&User::query())?, 2);
    assert_eq!(stage.repo.delete_all(&User::query())?, 0);
    Ok(())
}

fn an_order_or_a_limit_is_refused(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    let limited = stage.repo.delete_all(&User::query().limit(1)).unwrap_err();
    assert!(limited.to_string().contains("limit") && limited.hint().is_some(), "{limited}");
    let ordered = stage.repo.update_all(&User::query().order_by(|u| u.id).set(|u| u.age.to(1))).unwrap_err();
    assert!(ordered.to_string().contains("order"), "{ordered}");
    assert_eq!(stage.repo.count(&User::query())?, 4);
    Ok(())
}

fn a_field_with_another_column_is_changed(stage: &Stage) -> Outcome {
    fields::create(stage)?;
    let rows = [("a", Status::Draft), ("b", Status::Published)];
    assert_eq!(stage.repo.insert_all(Article::rows((Article::title, Article::status), rows))?, 2);
    let drafts = Article::query().filter(|a| a.status.eq(Status::Draft)).set(|a| (a.title.to("changed"), a.status.to(Status::InReview)));
    assert_eq!(stage.repo.update_all(&drafts)?, 1);
    let found = stage.repo.all(&Article::query().order_by(|a| a.id).select(|a| (a.title, a.status)))?;
    assert_eq!(found, [("changed".to_owned(), Status::InReview), ("b".to_owned(), Status::Published)]);
    Ok(())
}

fn a_column_written_twice_is_refused(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let rows = User::rows((User::name, User::email, User::name), [("Al", "al@example.com", "Bo")]);
    let inserted = stage.repo.insert_all(rows).unwrap_err();
    let updated = stage.repo.update_all(&User::query().set(|u| (u.name.to("Al"), u.name.to("Bo")))).unwrap_err();
    for error in [inserted, updated] {
        assert!(error.to_string().contains("the column `name` is written twice"), "{error}");
    }
    assert_eq!(stage.repo.count(&User::query())?, 0);
    Ok(())
}
