use ecto_core::Changeset;

#[derive(Changeset)]
struct User {
    #[changeset(required)]
    name: String,
}

fn main() {}
