use ecto_core::prelude::*;

#[derive(SqlType, Clone, Copy, PartialEq, Eq)]
#[sql_type(rename_all = "snake-case")]
enum Rule {
    Draft,
}

fn main() {}
