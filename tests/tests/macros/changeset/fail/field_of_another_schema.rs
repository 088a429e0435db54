use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    name: String,
}

#[derive(Schema)]
#[schema(table = "posts")]
struct Post {
    id: i64,
    title: String,
}

fn main() {
    let _ = Changeset::<User>::new().cast([("name", "Al")], (User::name, Post::title));
}
