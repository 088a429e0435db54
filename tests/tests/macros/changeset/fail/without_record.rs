use ecto_core::prelude::*;

#[derive(Changeset)]
struct User {
    #[changeset(required)]
    name: String,
}

fn main() {}
