use ecto_core::Schema;

#[derive(Schema)]
#[schema(table = "users")]
struct User {
    #[schema(primary_key, autogenerate)]
    code: String,
}

fn main() {}
