use ecto_core::prelude::*;

#[derive(Schema)]
#[schema(table = "boxes")]
struct Boxed<T> {
    id: T,
}

fn main() {}
