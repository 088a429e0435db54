use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "posts")]
struct Post {
    id: i64,
    pair_id: i64,
    pair: BelongsTo<Pair>,
}

#[derive(Schema)]
#[schema(table = "pairs", primary_key = (left, right))]
struct Pair {
    left: i64,
    right: i64,
}

fn main() {}
