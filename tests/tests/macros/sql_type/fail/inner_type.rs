use ecto_core::prelude::*;

#[derive(Clone)]
struct Unknown;

#[derive(SqlType, Clone)]
struct Wrapper(Unknown);

fn main() {}
