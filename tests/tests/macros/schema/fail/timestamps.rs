use chrono::{DateTime, Utc};
use ecto_core::Schema;

#[derive(Schema)]
#[schema(table = "users", timestamps)]
struct User {
    id: i64,
    inserted_at: DateTime<Utc>,
}

#[derive(Schema)]
#[schema(table = "posts", timestamps(inserted_at = created, updatd_at = false))]
struct Post {
    id: i64,
}

fn main() {}
