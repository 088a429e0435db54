use ecto_core::Schema;

#[derive(Schema)]
#[schema(table = "searches")]
struct Search {
    id: i64,
    query: String,
}

fn main() {}
