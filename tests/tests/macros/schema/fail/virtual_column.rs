use ecto_core::Schema;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    id: i64,
    #[schema(virtual, source = "pw", read_after_writes)]
    password: Option<String>,
}

fn main() {}
