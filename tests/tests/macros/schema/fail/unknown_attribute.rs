use ecto_core::Schema;

#[derive(Schema)]
#[schema(tabel = "users", table = "users", colour)]
struct User {
    id: i64,
    #[schema(sorce = "n", redact)]
    name: String,
    #[schema(writable = "insret")]
    token: String,
}

fn main() {}
