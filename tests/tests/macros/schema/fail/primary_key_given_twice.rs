use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "marks", primary_key = left)]
struct Mark {
    left: i64,
    #[schema(primary_key)]
    right: i64,
}

fn main() {}
