use ecto_core::Schema;

#[derive(Schema)]
#[schema(table = users)]
struct User {
    #[schema(primary_key = true)]
    id: i64,
    #[schema(source = "")]
    name: String,
    #[schema(redact, redact)]
    token: String,
}

fn main() {}
