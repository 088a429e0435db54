use ecto_core::prelude::*;

#[derive(SqlType, Clone)]
struct Pair(i64, i64);

fn main() {}
