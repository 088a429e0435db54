use ecto_core::Schema;

#[derive(Schema)]
#[schema(table = "searches")]
struct Search {
    id: i64,
    query: String,
    rows: i64,
}

fn main() {}
