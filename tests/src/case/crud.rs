//! One row at a time: inserted, found, changed, deleted.

use chrono::SubsecRound;
use ecto_core::prelude::*;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::blog::{self, User, new_user};

pub(super) const CASES: &[Case] = &[
    case!(an_empty_table_has_no_rows, ["R-12"]),
    case!(a_row_lives_from_insert_to_delete, ["S-01", "R-31"]),
    case!(insert_returns_what_a_read_finds, ["R-43", "T-23"]),
    case!(both_timestamps_are_one_reading_of_the_clock, ["S-19", "S-27", "S-32"]),
    case!(a_timestamp_that_is_given_is_kept, ["S-32"]),
    case!(an_update_writes_what_changed, ["R-30", "S-33"]),
    case!(an_update_without_changes_sends_nothing, ["R-30"]),
    case!(a_row_that_is_gone_is_stale, ["R-34"]),
    case!(an_invalid_changeset_sends_nothing, ["R-33", "R-38"]),
    case!(a_missing_required_field_is_an_error_on_it, ["R-28"]),
    case!(a_value_is_inserted_as_it_is, ["R-28"]),
    case!(new_rows_are_inserted_and_others_updated, ["R-32"]),
    case!(a_new_row_cannot_be_updated_nor_an_existing_one_inserted, ["R-37"]),
    case!(get_finds_by_key_or_says_none, ["R-13"]),
    case!(get_by_finds_the_one_row, ["R-14", "E-08"]),
    case!(one_row_at_the_most, ["R-15"]),
];

fn an_empty_table_has_no_rows(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    assert_eq!(stage.repo.all(&User::query())?, []);
    assert_eq!(stage.repo.count(&User::query())?, 0);
    assert_eq!(stage.repo.get::<User>(1)?, None);
    Ok(())
}

fn a_row_lives_from_insert_to_delete(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let al = blog::user(&stage.repo, "Al", Some(30))?;
    assert_eq!(stage.repo.fetch::<User>(al.id)?, al);
    let older = stage.repo.update(Changeset::from(al).put_change(User::age, 31))?;
    assert_eq!(stage.repo.fetch::<User>(older.id)?, older);
    let deleted = stage.repo.delete(older.clone())?;
    assert_eq!(deleted, older);
    assert_eq!(stage.repo.get::<User>(older.id)?, None);
    let again = blog::user(&stage.repo, "Al", None)?;
    assert_eq!(stage.repo.all(&User::query())?, [again]);
    Ok(())
}

fn insert_returns_what_a_read_finds(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    for name in ["Al", "Björn \u{1F600}", "Robert'); DROP TABLE users; --", "a\"b\\c%_"] {
        let inserted = blog::user(&stage.repo, name, None)?;
        assert_eq!(stage.repo.fetch::<User>(inserted.id)?, inserted);
        assert_eq!(inserted.inserted_at, inserted.inserted_at.trunc_subsecs(6));
    }
    Ok(())
}

fn both_timestamps_are_one_reading_of_the_clock(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let before = Utc::now().trunc_subsecs(6);
    let user = blog::user(&stage.repo, "Al", None)?;
    assert_eq!(user.inserted_at, user.updated_at);
    assert!(before <= user.inserted_at && user.inserted_at <= Utc::now());
    Ok(())
}

fn a_timestamp_that_is_given_is_kept(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let then: DateTime<Utc> = "2001-02-03T04:05:06.789012Z".parse()?;
    let user = stage.repo.insert(new_user("Al").put_change(User::inserted_at, then))?;
    assert_eq!(user.inserted_at, then);
    assert!(user.updated_at > then);
    assert_eq!(stage.repo.fetch::<User>(user.id)?, user);
    Ok(())
}

fn an_update_writes_what_changed(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let mut al = blog::user(&stage.repo, "Al", Some(30))?;
    let inserted = al.clone();
    // A field that is set on the struct is no change, and is not written.
    al.name = "not written".into();
    let updated = stage.repo.update(User::changeset(al, [("age", "31")]))?;
    let found = stage.repo.fetch::<User>(inserted.id)?;
    assert_eq!((found.name.as_str(), found.age), ("Al", Some(31)));
    assert_eq!((updated.inserted_at, found.updated_at), (inserted.inserted_at, updated.updated_at));
    assert!(updated.updated_at > inserted.updated_at);
    Ok(())
}

fn an_update_without_changes_sends_nothing(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let al = blog::user(&stage.repo, "Al", Some(30))?;
    stage.repo.delete(al.clone())?;
    let same = stage.repo.update(User::changeset(al.clone(), [("age", "30")]))?;
    assert_eq!(same, al);
    Ok(())
}

fn a_row_that_is_gone_is_stale(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let al = blog::user(&stage.repo, "Al", Some(30))?;
    stage.repo.delete(al.clone())?;
    let update = stage.repo.update(Changeset::from(al.clone()).put_change(User::age, 31)).unwrap_err();
    assert!(update.database().is_some_and(Error::is_stale), "{update:?}");
    let delete = stage.repo.delete(al).unwrap_err();
    assert!(delete.database().is_some_and(Error::is_stale), "{delete:?}");
    Ok(())
}

fn an_invalid_changeset_sends_nothing(stage: &Stage) -> Outcome {
    // There is no table: whatever is sent fails otherwise.
    let refused = stage.repo.insert(User::changeset(Changeset::new(), [("email", "x"), ("age", "0")])).unwrap_err();
    let changeset = refused.into_changeset().expect("the changeset comes back");
    assert!(!changeset.is_valid());
    let fields: Vec<_> = changeset.errors().iter().map(|error| (error.field(), error.code())).collect();
    assert_eq!(fields, [("age", "number"), ("email", "format"), ("name", "required")]);
    assert_eq!(changeset.action().map(|action| action.name()), Some("insert"));
    Ok(())
}

fn a_missing_required_field_is_an_error_on_it(stage: &Stage) -> Outcome {
    // `title` is no Option and has no default; nothing validates it here.
    let refused = stage.repo.insert(Changeset::<blog::Post>::new().put_change(blog::Post::visits, 1)).unwrap_err();
    let changeset = refused.into_changeset().expect("an error on the field");
    let errors: Vec<_> = changeset.errors_on("title").map(|error| error.text()).collect();
    assert_eq!(errors, ["can't be blank"]);
    Ok(())
}

fn a_value_is_inserted_as_it_is(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let al = blog::user(&stage.repo, "Al", Some(30))?;
    stage.repo.delete(al.clone())?;
    assert_eq!(stage.repo.insert(Changeset::insert(al.clone()))?, al);
    assert_eq!(stage.repo.fetch::<User>(al.id)?, al);
    Ok(())
}

fn new_rows_are_inserted_and_others_updated(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let al = stage.repo.insert_or_update(new_user("Al"))?;
    let older = stage.repo.insert_or_update(Changeset::from(al.clone()).put_change(User::age, 31))?;
    assert_eq!((older.id, older.age), (al.id, Some(31)));
    assert_eq!(stage.repo.count(&User::query())?, 1);
    Ok(())
}

fn a_new_row_cannot_be_updated_nor_an_existing_one_inserted(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    assert!(stage.repo.update(new_user("Al")).is_err_and(|error| error.is_database()));
    let al = blog::user(&stage.repo, "Al", None)?;
    assert!(stage.repo.insert(Changeset::from(al)).is_err_and(|error| error.is_database()));
    assert_eq!(stage.repo.count(&User::query())?, 1);
    Ok(())
}

fn get_finds_by_key_or_says_none(stage: &Stage) -> Outcome {
    let users = blog::four_users(stage)?;
    assert_eq!(stage.repo.get::<User>(users[1].id)?.as_ref(), Some(&users[1]));
    assert_eq!(stage.repo.get::<User>(-1)?, None);
    let missing = stage.repo.fetch::<User>(-1).unwrap_err();
    assert!(missing.is_not_found(), "{missing}");
    assert!(missing.to_string().contains("`User`"), "{missing}");
    Ok(())
}

fn get_by_finds_the_one_row(stage: &Stage) -> Outcome {
    let users = blog::four_users(stage)?;
    assert_eq!(stage.repo.get_by::<User>(|u| u.email.eq("Bo@example.com"))?.as_ref(), Some(&users[1]));
    assert_eq!(stage.repo.get_by::<User>(|u| u.email.eq("nobody"))?, None);
    assert!(stage.repo.fetch_by::<User>(|u| u.email.eq("nobody")).is_err_and(|error| error.is_not_found()));
    let two = stage.repo.get_by::<User>(|u| u.confirmed.eq(true)).unwrap_err();
    assert!(two.to_string().contains("at most one row"), "{two}");
    Ok(())
}

fn one_row_at_the_most(stage: &Stage) -> Outcome {
    let users = blog::four_users(stage)?;
    assert_eq!(stage.repo.one(&User::query().filter(|u| u.age.gt(40)))?.as_ref(), Some(&users[2]));
    assert_eq!(stage.repo.one(&User::query().filter(|u| u.age.gt(99)))?, None);
    assert!(stage.repo.fetch_one(&User::query().filter(|u| u.age.gt(99))).is_err_and(|error| error.is_not_found()));
    let many = stage.repo.one(&User::query()).unwrap_err();
    assert!(many.to_string().contains("at most one row"), "{many}");
    Ok(())
}
