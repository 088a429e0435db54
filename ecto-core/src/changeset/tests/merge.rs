//! C-19, C-25, C-75.

use std::sync::Arc;

use serde_json::json;

use super::*;

#[test]
fn c_25_the_other_wins_and_errors_are_kept_once() {
    let left = existing().cast(json!({"name": "Bo", "age": "x"}), (User::name, User::age)).unique_constraint(User::email);
    let right = existing()
        .cast(json!({"name": "Cy", "age": "x", "score": "y"}), (User::name, User::age, User::score))
        .unique_constraint(User::name);
    let merged = left.merge(right.set_action(Action::Update)).unwrap();
    assert_eq!(changes(&merged), ["name=\"Cy\""]);
    assert_eq!(errors(&merged), ["age cast is invalid", "score cast is invalid"]);
    assert_eq!(merged.params().unwrap().as_json(), &json!({"name": "Cy", "age": "x", "score": "y"}));
    assert_eq!(merged.constraints().len(), 2);
    assert_eq!(merged.action(), Some(Action::Update));
}

#[test]
fn c_25_other_rows_and_other_actions_are_refused() {
    let other: Changeset<User> = User { id: 8, ..al() }.into();
    assert_eq!(existing().merge(other).unwrap_err().message(), "two changesets of different rows of `User` cannot be merged");
    assert!(existing().merge(new()).is_err());
    let error = new().set_action(Action::Insert).merge(new().set_action(Action::Delete)).unwrap_err();
    assert_eq!(error.message(), "changesets for insert and for delete cannot be merged");
}

#[test]
fn c_75_callbacks_run_in_order_and_once() {
    let append = |letter: &'static str| -> Prepare<User> {
        Arc::new(move |changeset, repo| {
            let tail = repo.downcast_ref::<&str>().copied().unwrap_or_default();
            Ok(changeset.update_change(User::name, |name| name + letter + tail))
        })
    };
    let mut changeset = existing().put_change(User::name, "x");
    changeset.add_prepare(append("a"));
    changeset.add_prepare(append("b"));
    assert!(changeset.has_prepare());
    let prepared = changeset.run_prepare(&"!").unwrap();
    assert_eq!(changes(&prepared), ["name=\"xa!b!\""]);
    assert!(!prepared.has_prepare());
}
