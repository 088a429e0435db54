use ecto_core::prelude::*;

#[derive(SqlType, Clone, Copy, PartialEq, Eq)]
enum Never {}

fn main() {}
