use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[schema(source = "p")]
    posts: HasMany<Post>,
}

#[derive(Schema)]
#[schema(table = "posts")]
struct Post {
    id: i64,
    user_id: i64,
}

fn main() {}
