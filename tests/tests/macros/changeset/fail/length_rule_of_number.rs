use ecto_core::prelude::*;

#[derive(Schema, Changeset)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[changeset(length(min = 3))]
    age: Option<i32>,
}

fn main() {}
