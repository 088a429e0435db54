use ecto_core::{Changeset, Schema};

#[derive(Schema, Changeset)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[changeset(number(greater_than = 0))]
    name: String,
    #[changeset(format = "@")]
    age: Option<i32>,
    #[changeset(number(less_than = "x"))]
    size: i64,
    #[changeset(inclusion = [1, 2])]
    role: String,
}

fn main() {}
