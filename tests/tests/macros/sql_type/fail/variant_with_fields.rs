use ecto_core::prelude::*;

#[derive(SqlType, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Round(i64),
    Flat,
}

// What uses a type with an error is not reported too.
#[derive(Schema)]
#[schema(table = "things")]
struct Thing {
    id: i64,
    shape: Option<Shape>,
}

fn main() {}
