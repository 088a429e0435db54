use ecto_core::Schema;
use ecto_core::schema::HasMany;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    posts: HasMany<Post>,
}

#[derive(Schema)]
#[schema(table = "posts")]
struct Post {
    id: i64,
    user_id: Option<i32>,
}

fn main() {}
