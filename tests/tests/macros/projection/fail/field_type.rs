use ecto_core::{Projection, Schema};

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    name: String,
    age: Option<i32>,
}

#[derive(Projection)]
struct Stat {
    name: String,
    age: i32,
}

fn main() {
    let _ = User::query().select(|u| StatCols { name: u.name, age: u.age });
}
