ecto_core::migrations! {
    create_users,
}

fn main() {}
