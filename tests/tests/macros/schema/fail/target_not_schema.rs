use ecto_core::prelude::*;

struct Post;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    posts: HasMany<Post>,
}

fn main() {}
