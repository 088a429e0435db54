use ecto_core::prelude::*;

#[derive(SqlType, Clone)]
struct Boxed<T>(T);

fn main() {}
