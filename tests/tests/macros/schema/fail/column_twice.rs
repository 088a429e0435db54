use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    name: String,
    #[schema(source = "name")]
    nick: String,
}

fn main() {}
