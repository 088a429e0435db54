use ecto_core::prelude::*;

#[derive(SqlType, Clone, Copy, PartialEq, Eq)]
enum Twice {
    Draft,
    #[sql_type(rename = "draft")]
    Sketch,
}

fn main() {}
