use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "users", timestamps(updated_at = false))]
struct User {
    id: i64,
    inserted_at: i64,
}

fn main() {}
