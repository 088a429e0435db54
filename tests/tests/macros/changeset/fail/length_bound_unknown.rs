use ecto_core::prelude::*;

#[derive(Schema, Changeset)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[changeset(length(minimum = 3))]
    name: String,
}

fn main() {}
