use ecto_core::prelude::*;

#[derive(SqlType, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Good,
}

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[schema(virtual)]
    mood: Mood,
}

fn main() {}
