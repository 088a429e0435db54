use ecto_core::SqlType;

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

fn main() {}
