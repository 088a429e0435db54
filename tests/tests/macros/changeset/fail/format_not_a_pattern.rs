use ecto_core::prelude::*;

#[derive(Schema, Changeset)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[changeset(format = "a(b")]
    name: String,
}

fn main() {}
