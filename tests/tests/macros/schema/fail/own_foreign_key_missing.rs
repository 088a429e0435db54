use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "posts")]
struct Post {
    id: i64,
    author_id: i64,
    user: BelongsTo<User>,
}

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
}

fn main() {}
