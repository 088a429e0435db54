use ecto_core::prelude::*;

struct Money(i64);

#[derive(Schema)]
#[schema(table = "things")]
struct Thing {
    id: i64,
    price: Money,
}

fn main() {}
