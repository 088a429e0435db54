//! What a changeset does as a whole; what one file does alone is tested there.

use serde_json::json;

use super::test_schema::{User, al};
use super::*;

#[test]
fn a_new_row_is_cast_and_validated() {
    let changeset = Changeset::<User>::new()
        .cast(
            [("name", "Al"), ("email", "al"), ("age", "200"), ("confirmed", "maybe")],
            (User::name, User::email, User::age, User::confirmed),
        )
        .validate_required((User::name, User::email))
        .validate_format(User::email, "@")
        .validate_number(User::age, number().greater_than(0).less_than(150))
        .unique_constraint(User::email);
    assert!(!changeset.is_valid());
    assert_eq!(
        changeset.errors_json(),
        json!({"age": ["must be less than 150"], "email": ["has invalid format"], "confirmed": ["is invalid"]})
    );
    assert_eq!(changeset.errors().iter().map(FieldError::field).collect::<Vec<_>>(), ["age", "email", "confirmed"]);
}

#[test]
fn an_edit_holds_only_what_differs() {
    let changeset = Changeset::from(al()).cast([("name", "Al"), ("age", "31")], (User::name, User::age));
    assert_eq!(changeset.changes(), [(User::age.index(), Value::I32(31))]);
    assert_eq!(changeset.apply().unwrap(), User { age: Some(31), ..al() });
}
