use ecto_core::Schema;

#[derive(Schema)]
#[schema(table = "users", timestamps(updated_at = false))]
struct User {
    id: i64,
    inserted_at: i64,
}

fn main() {}
