use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: u64,
    name: String,
    posts: HasMany<Post>,
}

#[derive(Schema)]
#[schema(table = "posts")]
struct Post {
    id: i64,
    user_id: i64,
}

fn main() {
    // What uses the struct is not reported too.
    let _ = User::query().filter(|u| u.name.eq("x"));
}
