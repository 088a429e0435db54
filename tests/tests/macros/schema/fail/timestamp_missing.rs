use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "users", timestamps)]
struct User {
    id: i64,
    inserted_at: DateTime<Utc>,
}

fn main() {}
