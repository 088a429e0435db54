use ecto_core::Schema;
use ecto_core::schema::BelongsTo;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
}

#[derive(Schema)]
#[schema(table = "posts")]
struct Post {
    id: i64,
    author_id: i64,
    user: BelongsTo<User>,
    #[schema(foreign_key = writer_id)]
    writer: BelongsTo<User>,
}

fn main() {}
