use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "things")]
struct Thing {
    id: i64,
    size: u32,
}

fn main() {}
