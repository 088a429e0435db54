use ecto_core::Schema;

struct Money(i64);

#[derive(Schema)]
#[schema(table = "things")]
struct Thing {
    id: i64,
    price: Money,
}

fn main() {}
