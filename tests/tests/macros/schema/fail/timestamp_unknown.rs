use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "users", timestamps(inserted_at = false, updatd_at = false))]
struct User {
    id: i64,
}

fn main() {}
