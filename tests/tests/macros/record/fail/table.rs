use ecto_core::prelude::*;

#[derive(Record)]
#[schema(table = "users")]
struct SignUp {
    name: String,
}

fn main() {}
