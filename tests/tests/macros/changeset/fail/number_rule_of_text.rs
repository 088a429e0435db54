use ecto_core::prelude::*;

#[derive(Schema, Changeset)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[changeset(number(greater_than = 0))]
    name: String,
}

fn main() {}
