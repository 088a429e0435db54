use ecto_core::prelude::*;

#[derive(Projection)]
struct Empty {}

fn main() {}
