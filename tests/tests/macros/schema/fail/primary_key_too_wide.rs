use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "wides", primary_key = (a, b, c, d, e))]
struct Wide {
    a: i64,
    b: i64,
    c: i64,
    d: i64,
    e: i64,
}

fn main() {}
