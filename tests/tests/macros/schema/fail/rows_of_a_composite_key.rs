use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "pairs", primary_key = (left, right))]
struct Pair {
    left: i64,
    right: i64,
    posts: HasMany<Post>,
}

#[derive(Schema)]
#[schema(table = "posts")]
struct Post {
    id: i64,
    user_id: i64,
}

fn main() {}
