use ecto_core::Schema;
use ecto_core::schema::{BelongsTo, HasMany};

#[derive(Schema)]
#[schema(table = "pairs", primary_key = (left, right))]
struct Pair {
    left: i64,
    right: i64,
    posts: HasMany<Post>,
}

#[derive(Schema)]
#[schema(table = "posts")]
struct Post {
    id: i64,
    pair_id: i64,
    pair: BelongsTo<Pair>,
}

fn main() {}
