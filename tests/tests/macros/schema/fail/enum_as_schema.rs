use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "kinds")]
enum Kind {
    Small,
}

fn main() {}
