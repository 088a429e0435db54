//! C-76, C-79, S-24, U-06, and the texts of refusals.

use std::error::Error as _;

use serde_json::json;

use super::*;

fn refused() -> Changeset<User> {
    existing()
        .cast([("name", "x"), ("age", "200"), ("token", "secret")], (User::name, User::age, User::token))
        .validate_length(User::name, 2..)
        .validate_number(User::age, number().less_than(150))
        .validate_format(User::name, "[a-c]")
}

#[test]
fn c_76_errors_by_field_newest_first() {
    assert_eq!(
        refused().errors_json(),
        json!({"age": ["must be less than 150"], "name": ["has invalid format", "should be at least 2 character(s)"]})
    );
    let codes = refused().traverse_errors(FieldError::code);
    assert_eq!(codes["name"], ["format", "length"]);
    assert_eq!(refused().errors_on("name").count(), 2);
}

#[test]
fn messages_are_translated_by_their_template() {
    let german = refused().traverse_errors(|error| match error.message() {
        "must be less than %{number}" => error.text_of("muss kleiner als %{number} sein (%{nothing}, %{kind"),
        _ => error.text(),
    });
    assert_eq!(german["age"], ["muss kleiner als 150 sein (%{nothing}, %{kind"]);
}

#[test]
fn an_error_serialises_with_all_that_programs_need() {
    let error = serde_json::to_value(&refused().errors()[1]).unwrap();
    assert_eq!(
        error,
        json!({"field": "age", "message": "must be less than 150", "code": "number", "params": {"kind": "less_than", "number": 150}})
    );
}

#[test]
fn c_79_printing_hides_what_is_redacted_and_the_row() {
    let text = refused().set_action(Action::Update).to_string();
    assert_eq!(
        text,
        "Changeset<User> { action: update, changes: { name: \"x\", age: 200, token: **redacted** }, \
         errors: { name: has invalid format, age: must be less than 150, name: should be at least 2 character(s) }, valid: false }"
    );
    assert_eq!(format!("{:?}", new()), "Changeset<User> { changes: {}, errors: {}, valid: true }");
}

#[test]
fn a_refused_write_reads_well_in_both_channels() {
    let error = WriteError::from(refused());
    assert!(error.is_invalid() && error.changeset().is_some() && error.database().is_none());
    let as_error: Error = error.into();
    assert_eq!(
        as_error.message(),
        "the changeset of `User` is not valid: name has invalid format, age must be less than 150, name should be at least 2 character(s)"
    );
    let database: WriteError<User> = Error::from(crate::error::ChangesetError::MergeOfDifferentRows { schema: "User" }).into();
    assert!(database.is_database() && database.source().is_none());
    assert_eq!(database.to_string().lines().next(), Some("two changesets of different rows of `User` cannot be merged"));
    let boxed: Box<dyn std::error::Error> = Box::new(WriteError::from(new().cast(json!(null), User::name)));
    assert!(boxed.to_string().ends_with("the params are not a map"));
}

#[test]
fn u_06_an_enum_names_what_would_do() {
    let error = crate::types::CastError { allowed: Some(&["draft", "live"]), ..crate::types::CastError::invalid() };
    let error = FieldError::cast("status", "enum", error);
    assert_eq!((error.code(), error.text().as_str()), ("inclusion", "is invalid"));
    assert_eq!(error.params(), [("type", json!("enum")), ("enum", json!(["draft", "live"]))]);
}
