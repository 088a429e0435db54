//! What only the database can check, as errors on fields.

use ecto_core::ViolationKind;
use ecto_core::prelude::*;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::blog::{self, Post, User, new_user};

pub(super) const CASES: &[Case] = &[
    case!(a_value_that_is_taken, ["C-64"]),
    case!(a_parent_that_is_not_there, ["C-65"]),
    case!(a_check_that_fails, ["C-68"]),
    case!(a_constraint_under_another_name_with_another_text, ["C-63", "C-70"]),
    case!(a_constraint_that_was_not_declared, ["C-71", "P-10"]),
    case!(a_parent_that_is_still_used, ["C-65"]),
    case!(a_column_that_may_not_be_empty, ["C-72"]),
    case!(an_update_is_checked_like_an_insert, ["C-64"]),
];

fn texts<S: Record>(refused: WriteError<S>) -> Vec<(String, String, String)> {
    let changeset = refused.into_changeset().expect("an error on a field");
    changeset.errors().iter().map(|error| (error.field().to_owned(), error.text(), error.code().to_owned())).collect()
}

fn found(field: &str, text: &str, code: &str) -> Vec<(String, String, String)> {
    vec![(field.to_owned(), text.to_owned(), code.to_owned())]
}

fn a_value_that_is_taken(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    blog::user(&stage.repo, "Al", None)?;
    let twice = stage.repo.insert(new_user("Al")).unwrap_err();
    assert_eq!(texts(twice), found("email", "has already been taken", "unique"));
    assert_eq!(stage.repo.count(&User::query())?, 1);
    blog::user(&stage.repo, "Bo", None)?;
    Ok(())
}

fn a_parent_that_is_not_there(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let orphan = stage.repo.insert(Post::changeset(Changeset::new(), [("title", "x"), ("author_id", "99")])).unwrap_err();
    assert_eq!(texts(orphan), found("author_id", "does not exist", "foreign"));
    Ok(())
}

fn a_check_that_fails(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let negative = stage.repo.insert(Post::changeset(Changeset::new(), [("title", "x"), ("visits", "-1")])).unwrap_err();
    assert_eq!(texts(negative), found("visits", "is invalid", "check"));
    Ok(())
}

fn a_constraint_under_another_name_with_another_text(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    stage.run(&["CREATE UNIQUE INDEX one_title_each ON posts (author_id, title)"])?;
    let al = blog::user(&stage.repo, "Al", None)?;
    blog::post(&stage.repo, "x", Some(al.id), 0)?;
    let options = || constraint().name("one_title_each").message("was said before").error_on(Post::title);
    let again = || Changeset::new().put_change(Post::title, "x").put_change(Post::author_id, al.id);
    let refused = stage.repo.insert(again().unique_constraint_with((Post::author_id, Post::title), options())).unwrap_err();
    assert_eq!(texts(refused), found("title", "was said before", "unique"));
    Ok(())
}

fn a_constraint_that_was_not_declared(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    blog::user(&stage.repo, "Al", None)?;
    let bare = Changeset::new().put_change(User::name, "Al").put_change(User::email, "Al@example.com");
    let refused = stage.repo.insert(bare).unwrap_err();
    let error = refused.database().expect("nobody declared it");
    let violation = error.violation().expect("the database named it");
    assert_eq!(violation.kind, ViolationKind::Unique);
    assert!(error.to_string().contains("unique_constraint"), "the hint names the call: {error}");
    Ok(())
}

fn a_parent_that_is_still_used(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let al = blog::user(&stage.repo, "Al", None)?;
    blog::post(&stage.repo, "x", Some(al.id), 0)?;
    let refused = stage.repo.delete(al.clone()).unwrap_err();
    let error = refused.database().expect("nobody declared it");
    assert_eq!(error.violation().map(|violation| violation.kind), Some(ViolationKind::ForeignKey), "{error}");
    assert_eq!(stage.repo.get::<User>(al.id)?, Some(al));
    Ok(())
}

fn a_column_that_may_not_be_empty(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    // The schema lets the author be empty; from here on the table does not.
    stage.run(&["CREATE TABLE strict (id {key}, title {text} NOT NULL, author_id {bigint} NOT NULL, visits {bigint} NOT NULL)"])?;
    stage.run(&["DROP TABLE posts", "ALTER TABLE strict RENAME TO posts"])?;
    let refused = stage.repo.insert(Post::changeset(Changeset::new(), [("title", "x")])).unwrap_err();
    assert_eq!(texts(refused), found("author_id", "can't be blank", "required"));
    Ok(())
}

fn an_update_is_checked_like_an_insert(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    blog::user(&stage.repo, "Al", None)?;
    let bo = blog::user(&stage.repo, "Bo", None)?;
    let taken = stage.repo.update(User::changeset(bo.clone(), [("email", "Al@example.com")])).unwrap_err();
    assert_eq!(texts(taken), found("email", "has already been taken", "unique"));
    assert_eq!(stage.repo.fetch::<User>(bo.id)?, bo);
    Ok(())
}
