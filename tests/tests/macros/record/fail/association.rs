use ecto_core::prelude::*;

#[derive(Record)]
struct SignUp {
    name: String,
}

#[derive(Record)]
struct Team {
    members: HasMany<SignUp>,
}

fn main() {}
