//! C-02, C-03, C-05, C-06, C-07, C-08, C-09, C-10, C-11, T-05, T-06, T-18, T-27, T-29.

use serde_json::json;

use super::*;
use crate::changeset::{cast, message};

const NONE: [&str; 0] = [];

#[test]
fn c_02_only_permitted_fields_are_read() {
    let changeset = new().cast([("name", "Al"), ("role", "admin"), ("nonsense", "1")], User::name);
    assert_eq!(changes(&changeset), ["name=\"Al\""]);
}

#[test]
fn c_02_params_that_are_no_map_are_invalid_and_blame_no_field() {
    for params in [json!(null), json!("name"), json!([1])] {
        let changeset = new().cast(params, User::name);
        assert!(!changeset.is_valid());
        assert_eq!(errors(&changeset), NONE);
        assert_eq!(changeset.params(), None);
    }
}

#[test]
fn c_03_texts_that_count_as_absent_can_be_chosen_and_are_kept() {
    let changeset = new()
        .cast_with([("name", "-"), ("bio", "n/a")], (User::name, User::bio), cast().empty_values(["-", "n/a"]))
        .cast([("email", "-"), ("role", "")], (User::email, User::role));
    assert_eq!(errors(&changeset), ["name required can't be blank", "email required can't be blank"]);
    assert_eq!(changes(&changeset), ["role=\"\""]);
}

#[test]
fn c_05_changes_can_be_forced() {
    let changeset = existing().cast_with([("name", "Al")], User::name, cast().force_changes());
    assert_eq!(changes(&changeset), ["name=\"Al\""]);
}

#[test]
fn c_06_the_message_of_a_cast_can_be_chosen() {
    let reworded = cast().message(|error| (error.field() == "age").then(|| message("must be a whole number, not a %{type}")));
    let changeset = new().cast_with([("age", "x"), ("score", "x")], (User::age, User::score), reworded);
    assert_eq!(errors(&changeset), ["age cast must be a whole number, not a integer", "score cast is invalid"]);
}

#[test]
fn c_07_a_cast_compares_with_the_current_value() {
    let changeset = existing().cast([("name", "Al")], User::name);
    assert_eq!(changes(&changeset), NONE, "the row has it");
    let changeset = changeset.cast([("name", "Bo")], User::name).cast([("name", "Bo")], User::name);
    assert_eq!(changes(&changeset), ["name=\"Bo\""], "the change has it");
    let changeset = changeset.cast([("name", "Al")], User::name);
    assert_eq!(changes(&changeset), ["name=\"Al\""], "back to the row's value is a change, unlike with put_change");
}

#[test]
fn c_08_errors_of_a_cast_keep_the_order_of_the_list() {
    let params = json!({"age": "x", "name": 1, "confirmed": "maybe"});
    let changeset = new().cast(params, (User::confirmed, User::name, User::age));
    assert_eq!(errors(&changeset), ["confirmed cast is invalid", "name cast is invalid", "age cast is invalid"]);
    assert_eq!(changeset.errors()[0].params(), [("type", json!("boolean"))]);
    let later = changeset.add_error(User::email, "is odd");
    assert_eq!(later.errors()[0].field(), "email");
}

#[test]
fn c_09_a_second_cast_adds_to_the_first() {
    let changeset = new()
        .cast(json!({"name": "Al", "age": "x", "tags": {"a": 1}}), (User::name, User::age))
        .cast(json!({"name": "Bo", "age": "x", "email": 1, "tags": {"b": 2}}), (User::name, User::age, User::email));
    assert_eq!(changes(&changeset), ["name=\"Bo\""]);
    assert_eq!(errors(&changeset), ["age cast is invalid", "email cast is invalid"], "each once, the older first");
    assert_eq!(
        changeset.params().unwrap().as_json(),
        &json!({"name": "Bo", "age": "x", "email": 1, "tags": {"b": 2}}),
        "merged by name, not deeper"
    );
}

#[test]
fn c_11_params_are_kept_and_a_changeset_without_a_cast_has_none() {
    assert_eq!(new().put_change(User::name, "Al").params(), None);
    assert_eq!(new().cast([("x", "1")], User::name).params(), Some(&Params::from([("x", "1")])));
}

#[test]
fn t_27_blank_texts_are_empty_and_others_are_not_trimmed() {
    let blank = json!({"name": " \t\n", "age": "  ", "score": "\u{2003}"});
    let changeset = existing().cast(blank, (User::name, User::age, User::score));
    assert_eq!(changes(&changeset), ["age=NULL"]);
    assert_eq!(errors(&changeset), ["name required can't be blank"]);
    let padded = existing().cast([("name", "  Bo ")], User::name);
    assert_eq!(changes(&padded), ["name=\"  Bo \""]);
    let bytes = existing().cast([("token", "  ")], User::token);
    assert_eq!(changes(&bytes), ["token=2 byte(s)"], "bytes may be blanks");
}

#[test]
fn t_29_an_empty_param_is_the_default() {
    let changed = User { role: "admin".into(), bio: Some("x".into()), confirmed: true, ..al() };
    let changeset = Changeset::from(changed).cast([("role", ""), ("bio", ""), ("confirmed", "")], (User::role, User::bio, User::confirmed));
    assert_eq!(changes(&changeset), ["role=\"guest\"", "bio=\"none\"", "confirmed=false"]);
    assert!(new().cast([("role", "")], User::role).changes().is_empty(), "a new row has it by default");
}

#[test]
fn t_05_null_is_null_where_there_is_an_option_and_the_default_where_not() {
    let row = User { role: "admin".into(), bio: Some("x".into()), ..al() };
    let changeset = Changeset::from(row).cast(json!({"bio": null, "age": null, "role": null}), (User::bio, User::age, User::role));
    assert_eq!(changes(&changeset), ["bio=NULL", "age=NULL", "role=\"guest\""]);
    let changeset =
        existing().cast(json!({"name": null, "email": null}), (User::name, User::email)).validate_required((User::email, User::name));
    assert_eq!(errors(&changeset), ["name required can't be blank", "email required can't be blank"], "once, by the cast");
}

#[test]
fn t_18_parts_that_are_all_empty_are_null() {
    let parts = json!({"inserted_at": {"year": "", "month": "", "day": null, "hour": "", "minute": ""}});
    assert_eq!(errors(&new().cast(parts, User::inserted_at)), ["inserted_at required can't be blank"]);
    let form = "inserted_at[year]=2026&inserted_at[month]=11&inserted_at[day]=22&inserted_at[hour]=9&inserted_at[minute]=30";
    let changeset = new().cast(Params::from_form(form), User::inserted_at);
    assert_eq!(changes(&changeset), ["inserted_at=2026-11-22 09:30:00 UTC"]);
}
