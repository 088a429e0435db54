use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    #[schema(primary_key = true)]
    id: i64,
}

fn main() {}
