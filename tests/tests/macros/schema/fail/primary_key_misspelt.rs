use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "pairs", primary_key = (left, rihgt))]
struct Pair {
    left: i64,
    right: i64,
}

fn main() {}
