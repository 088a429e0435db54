//! From params to a verdict, as an application does it; C-12 with a form that has no table.

use serde_json::json;

use super::*;

fn registration(base: impl Into<Changeset<User>>, params: impl Into<Params>) -> Changeset<User> {
    base.into()
        .cast(params, (User::name, User::email, User::age, User::confirmed))
        .validate_required((User::name, User::email))
        .validate_format(User::email, "@")
        .validate_number(User::age, number().greater_than(0).less_than(150))
        .unique_constraint(User::email)
}

#[test]
fn one_function_serves_new_rows_structs_and_changesets() {
    let new_row = registration(Changeset::new(), [("name", "Al"), ("email", "al@x")]);
    assert!(new_row.is_valid() && new_row.is_new());
    let edit = registration(al(), json!({"age": 31}));
    assert_eq!(changes(&edit), ["age=31"]);
    assert!(!edit.is_new());
    assert!(!registration(al(), json!({"age": 151})).is_valid());
    assert_eq!(changes(&registration(edit, json!({"name": "Bo"}))), ["age=31", "name=\"Bo\""]);
}

#[test]
fn an_insert_misses_what_nothing_fills() {
    let mut changeset = new().put_change(User::name, "Al");
    changeset.require_present();
    assert_eq!(changes(&changeset), ["name=\"Al\""], "defaults are sent, but nobody changed them");
    assert_eq!(errors(&changeset), ["email required can't be blank"], "not the key, nor the timestamp");
}

#[test]
fn c_12_a_form_without_a_table_is_cast_and_applied() {
    #[derive(ecto_macros::Record, Debug, PartialEq)]
    #[schema(crate = crate)]
    struct Search {
        text: String,
        #[schema(default = 1)]
        page: i32,
    }
    let search = |params: serde_json::Value| Changeset::<Search>::new().cast(params, (Search::text, Search::page));
    assert_eq!(search(json!({"text": "x"})).apply_action(Action::Validate).unwrap(), Search { text: "x".into(), page: 1 });
    assert!(search(json!({"page": "x"})).apply_action(Action::Validate).unwrap_err().is_invalid());
    assert_eq!(
        search(json!({})).unique_constraint_with(Search::text, constraint().name("by_text")).constraints()[0].name(Search::META),
        "by_text"
    );
}
