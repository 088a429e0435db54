use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table)]
struct User {
    id: i64,
}

fn main() {}
