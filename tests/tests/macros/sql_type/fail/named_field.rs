use ecto_core::prelude::*;

#[derive(SqlType, Clone)]
struct Named {
    inner: i64,
}

fn main() {}
