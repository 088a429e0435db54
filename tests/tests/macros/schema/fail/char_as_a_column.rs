use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "things")]
struct Thing {
    id: i64,
    mark: Option<char>,
}

fn main() {}
