use chrono::{DateTime, Utc};
use ecto_core::{Schema, SqlType};

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
    #[schema(virtual)]
    since: DateTime<Utc>,
}

fn main() {}
