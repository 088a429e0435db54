use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[schema(virtual, source = "pw")]
    password: Option<String>,
}

fn main() {}
