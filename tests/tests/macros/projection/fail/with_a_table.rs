use ecto_core::prelude::*;

#[derive(Projection)]
#[projection(table = "x")]
struct Stat {
    name: String,
}

fn main() {}
