use ecto_core::prelude::*;

#[derive(Projection)]
struct Pair(i64, i64);

fn main() {}
