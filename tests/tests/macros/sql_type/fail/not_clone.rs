use ecto_core::prelude::*;

#[derive(SqlType)]
enum Status {
    Draft,
}

fn main() {}
