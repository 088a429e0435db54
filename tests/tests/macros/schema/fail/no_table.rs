use ecto_core::prelude::*;

#[derive(Schema)]
struct User {
    id: i64,
    name: String,
}

fn main() {
    // What uses the struct is not reported too.
    let _ = User::query().filter(|u| u.name.eq("x"));
    let _ = User::name;
}
