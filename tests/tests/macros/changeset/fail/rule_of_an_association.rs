use ecto_core::prelude::*;

#[derive(Schema, Changeset)]
#[schema(table = "users")]
struct User {
    id: i64,
    team_id: i64,
    #[changeset(cast)]
    team: BelongsTo<Team>,
}

#[derive(Schema)]
#[schema(table = "teams")]
struct Team {
    id: i64,
}

fn main() {}
