use ecto_core::Schema;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: Option<i64>,
}

fn main() {}
