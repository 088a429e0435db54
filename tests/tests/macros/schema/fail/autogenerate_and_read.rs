use ecto_core::prelude::*;

fn token() -> String {
    String::new()
}

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[schema(autogenerate = token, read_after_writes)]
    token: String,
}

fn main() {}
