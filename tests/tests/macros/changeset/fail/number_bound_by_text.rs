use ecto_core::prelude::*;

#[derive(Schema, Changeset)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[changeset(number(less_than = "x"))]
    size: i64,
}

fn main() {}
