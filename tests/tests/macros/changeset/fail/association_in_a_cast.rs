use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[schema(has_many, foreign_key = author_id)]
    posts: HasMany<Post>,
}

#[derive(Schema)]
#[schema(table = "posts")]
struct Post {
    id: i64,
    author_id: i64,
}

fn main() {
    let _ = Changeset::<User>::new().cast([("id", "1")], (User::id, User::posts));
}
