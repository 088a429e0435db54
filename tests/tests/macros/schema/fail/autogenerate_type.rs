use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    #[schema(primary_key, autogenerate)]
    code: String,
}

fn main() {}
