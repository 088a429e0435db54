use ecto_core::Schema;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[schema(default = "no")]
    confirmed: bool,
    #[schema(default = 1.5)]
    age: Option<i32>,
}

fn main() {}
