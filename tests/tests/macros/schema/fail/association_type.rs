use ecto_core::Schema;
use ecto_core::schema::HasMany;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[schema(has_many)]
    posts: Vec<Post>,
    #[schema(has_one)]
    pets: HasMany<Post>,
}

#[derive(Schema)]
#[schema(table = "posts")]
struct Post {
    id: i64,
    user_id: i64,
}

fn main() {}
