use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[schema(virtual, read_after_writes)]
    password: Option<String>,
}

fn main() {}
