use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "pairs")]
struct Pair(i64, i64);

fn main() {}
