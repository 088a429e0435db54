use ecto_core::prelude::*;

#[derive(Record)]
struct SignUp {
    #[schema(source = "n")]
    name: String,
}

fn main() {}
