use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    name: String,
    age: Option<i32>,
}

fn main() {
    let _ = Changeset::<User>::new().validate_number(User::name, number().greater_than(0));
}
