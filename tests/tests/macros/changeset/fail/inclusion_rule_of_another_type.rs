use ecto_core::prelude::*;

#[derive(Schema, Changeset)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[changeset(inclusion = [1, 2])]
    role: String,
}

fn main() {}
