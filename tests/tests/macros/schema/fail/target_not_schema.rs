use ecto_core::Schema;
use ecto_core::schema::HasMany;

struct Post;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    posts: HasMany<Post>,
}

fn main() {}
