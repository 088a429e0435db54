use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[schema(default = 1.5)]
    age: Option<i32>,
}

fn main() {}
