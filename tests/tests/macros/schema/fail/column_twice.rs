use ecto_core::Schema;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    name: String,
    #[schema(source = "name")]
    nick: String,
}

fn main() {}
