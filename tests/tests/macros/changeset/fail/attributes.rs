use ecto_core::schema::BelongsTo;
use ecto_core::{Changeset, Schema};

#[derive(Schema, Changeset)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[changeset(requird)]
    name: String,
    #[changeset(format = "a(b", required, required)]
    email: String,
    #[changeset(required, unique, message = "no")]
    nick: String,
    #[changeset(length(minimum = 3))]
    bio: String,
    #[changeset(number())]
    age: i64,
    team_id: i64,
    #[changeset(cast)]
    team: BelongsTo<Team>,
}

#[derive(Schema, Changeset)]
#[schema(table = "teams")]
struct Team {
    id: i64,
}

fn main() {}
