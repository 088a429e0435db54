use ecto_core::Changeset;

#[derive(Changeset)]
struct User {
    #[changeset(required)]
    nick_name: String,
}

fn main() {}
