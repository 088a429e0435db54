use ecto_core::Schema;
use ecto_core::schema::HasMany;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[schema(source = "p", default = 1)]
    posts: HasMany<Post>,
    #[schema(foreign_key = post_id)]
    name: String,
}

#[derive(Schema)]
#[schema(table = "posts")]
struct Post {
    id: i64,
    user_id: i64,
}

fn main() {}
