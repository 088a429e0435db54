use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    name: String,
}

impl User {
    fn name(&self) -> &str {
        &self.name
    }
}

fn main() {}
