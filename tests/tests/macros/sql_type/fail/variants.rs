use ecto_core::{Schema, SqlType};

#[derive(SqlType, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Round(i64),
    Flat,
}

#[derive(SqlType, Clone, Copy, PartialEq, Eq)]
enum Twice {
    Draft,
    #[sql_type(rename = "draft")]
    Sketch,
}

#[derive(SqlType, Clone, Copy, PartialEq, Eq)]
enum Never {}

#[derive(SqlType, Clone, Copy, PartialEq, Eq)]
#[sql_type(rename_all = "snake-case", renam = "x")]
enum Rule {
    A,
}

// What uses a type with an error is not reported too.
#[derive(Schema)]
#[schema(table = "things")]
struct Thing {
    id: i64,
    shape: Option<Shape>,
}

fn main() {}
