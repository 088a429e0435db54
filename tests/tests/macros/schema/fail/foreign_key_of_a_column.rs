use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[schema(foreign_key = post_id)]
    name: String,
}

fn main() {}
