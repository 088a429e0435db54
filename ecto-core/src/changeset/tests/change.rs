//! C-01 in the form of `put_change`, C-13, C-14, C-16, C-17, C-18, C-21, C-22, C-23, C-24, C-26, C-27, C-28, R-28; without relations.

use chrono::DateTime;

use super::*;

#[test]
fn c_21_a_value_that_the_row_has_is_no_change_and_takes_one_back() {
    let changeset = existing().put_change(User::name, "Bo").put_change(User::age, 31);
    assert_eq!(changes(&changeset), ["name=\"Bo\"", "age=31"]);
    assert_eq!(changes(&changeset.put_change(User::name, "Al")), ["age=31"]);
    assert!(new().put_change(User::role, "guest").changes().is_empty(), "the default of a new row");
}

#[test]
fn c_21_values_convert_where_nothing_is_lost() {
    let changeset = new()
        .put_change(User::age, 3)
        .put_change(User::age, Some(4))
        .put_change(User::bio, "x")
        .put_change(User::name, String::from("Al"))
        .put_change(User::score, None);
    assert_eq!(changes(&changeset), ["age=4", "bio=\"x\"", "name=\"Al\""]);
}

#[test]
fn c_22_c_23_changes_are_forced_and_dropped() {
    let changeset = existing().force_change(User::name, "Al");
    assert_eq!(changes(&changeset), ["name=\"Al\""]);
    assert!(changeset.delete_change(User::name).changes().is_empty());
}

#[test]
fn c_24_only_a_change_is_updated_and_it_may_vanish() {
    let upper = |name: String| name.to_uppercase();
    assert!(existing().update_change(User::name, upper).changes().is_empty());
    let changeset = existing().put_change(User::name, "bo");
    assert_eq!(changes(&changeset.clone().update_change(User::name, upper)), ["name=\"BO\""]);
    assert!(changeset.update_change(User::name, |_| "Al".to_owned()).changes().is_empty());
    let cleared = existing().put_change(User::age, None).update_change(User::age, |age| age.or(Some(1)));
    assert_eq!(changes(&cleared), ["age=1"], "a change to NULL is one");
}

#[test]
fn c_13_c_14_c_16_values_are_found_where_they_stand() {
    let changeset = existing().put_change(User::age, 31);
    assert_eq!(changeset.fetch_field(User::age), Some(FieldValue::Change(Some(31))));
    assert_eq!(changeset.fetch_field(User::name), Some(FieldValue::Data("Al".to_owned())));
    assert_eq!(changeset.get_change(User::name), None);
    assert_eq!(changeset.get_change(User::age), Some(Some(31)));
    assert_eq!(changeset.get_field(User::age), Some(Some(31)));
    assert_eq!(new().get_field(User::name), None);
    assert_eq!(new().get_field(User::age), Some(None));
    assert_eq!(new().fetch_field(User::role), Some(FieldValue::Data("guest".to_owned())));
}

#[test]
fn c_17_a_change_is_asked_for_by_both_its_ends() {
    let changeset = existing().put_change(User::age, 31);
    assert!(changeset.changed(User::age) && !changeset.changed(User::name));
    assert!(changeset.changed_from(User::age, 30) && !changeset.changed_from(User::age, 31));
    assert!(changeset.changed_to(User::age, 31) && !changeset.changed_to(User::age, None));
    assert!(!changeset.changed_from(User::name, "Al"));
}

#[test]
fn c_18_a_field_is_missing_if_it_would_be_null_or_empty() {
    let changeset = existing().put_change(User::name, "").put_change(User::email, "  ").put_change(User::age, None);
    assert!(changeset.field_missing(User::name) && changeset.field_missing(User::age));
    assert!(!changeset.field_missing(User::email) && !changeset.field_missing(User::role));
    assert!(new().field_missing(User::name) && !new().field_missing(User::role));
}

#[test]
fn c_26_changes_are_applied_whatever_the_errors() {
    let changeset = existing().put_change(User::age, None).add_error("base", "is odd");
    assert_eq!(changeset.apply().unwrap(), User { age: None, ..al() });
}

#[test]
fn c_26_a_new_row_names_what_it_lacks() {
    let error = new().put_change(User::name, "Al").apply().unwrap_err();
    assert_eq!(error.message(), "a new `User` lacks `id`, `email`, `inserted_at`");
    let whole = new()
        .put_change(User::id, 1)
        .put_change(User::name, "Al")
        .put_change(User::email, "al@x")
        .put_change(User::inserted_at, al().inserted_at);
    assert_eq!(whole.apply().unwrap(), User { id: 1, age: None, bio: Some("none".into()), ..al() });
}

#[test]
fn c_27_an_action_is_applied_to_what_is_valid() {
    let user = existing().put_change(User::age, 31).apply_action(Action::Update).unwrap();
    assert_eq!(user.age, Some(31));
    let refused = existing().add_error(User::age, "is odd").apply_action(Action::Update).unwrap_err().into_changeset().unwrap();
    assert_eq!(refused.action(), Some(Action::Update));
    let refused = new().put_change(User::id, 1).apply_action(Action::Insert).unwrap_err().into_changeset().unwrap();
    assert_eq!(errors(&refused), ["name required can't be blank", "email required can't be blank", "inserted_at required can't be blank"]);
}

#[test]
fn c_28_an_error_may_stand_under_any_name() {
    let changeset =
        existing().add_error("base", "the shop is closed").add_error(User::name, message("is %{n} long").code("long").param("n", 3));
    assert!(!changeset.is_valid());
    assert_eq!(errors(&changeset), ["name long is 3 long", "base custom the shop is closed"]);
}

#[test]
fn r_28_a_value_to_insert_leaves_out_what_was_never_filled_in() {
    let copy = Changeset::insert(al());
    assert!(copy.is_new());
    assert_eq!(copy.get_change(User::id), Some(7), "as it is");
    assert!(!copy.changed(User::score), "NULL is left to the database");
    assert_eq!(copy.get_change(User::bio), Some(None), "but not to a declared default");
    assert_eq!(copy.get_change(User::confirmed), Some(false));
    let fresh = Changeset::insert(User { id: 0, inserted_at: DateTime::UNIX_EPOCH, ..al() });
    assert!(!fresh.changed(User::id) && !fresh.changed(User::inserted_at));
}
