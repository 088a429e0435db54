use ecto_core::Schema;

#[derive(Schema)]
#[schema(table = "users")]
enum Kind {
    A,
}

#[derive(Schema)]
#[schema(table = "pairs")]
struct Pair(i64, i64);

#[derive(Schema)]
#[schema(table = "boxes")]
struct Boxed<T> {
    id: T,
}

fn main() {}
