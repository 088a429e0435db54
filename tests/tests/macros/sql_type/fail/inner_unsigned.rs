use ecto_core::prelude::*;

#[derive(SqlType, Clone)]
struct Cents(u64);

fn main() {}
