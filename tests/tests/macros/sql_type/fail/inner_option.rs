use ecto_core::prelude::*;

#[derive(SqlType, Clone)]
struct Wrapper(Option<i64>);

fn main() {}
