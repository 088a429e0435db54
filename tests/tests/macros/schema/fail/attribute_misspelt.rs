use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(tabel = "users")]
struct User {
    id: i64,
}

fn main() {}
