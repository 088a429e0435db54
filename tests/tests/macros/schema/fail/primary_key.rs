use ecto_core::Schema;

#[derive(Schema)]
#[schema(table = "pairs", primary_key = (left, rihgt))]
struct Pair {
    left: i64,
    right: i64,
}

#[derive(Schema)]
#[schema(table = "marks", primary_key = left)]
struct Mark {
    left: i64,
    #[schema(primary_key)]
    right: i64,
}

#[derive(Schema)]
#[schema(table = "wides", primary_key = (a, b, c, d, e))]
struct Wide {
    a: i64,
    b: i64,
    c: i64,
    d: i64,
    e: i64,
}

fn main() {}
