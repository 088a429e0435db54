//! A module of migrations is named by version and words; each that is not is said.

ecto_core::migrations! {
    create_users,
    v20261122093000,
}

fn main() {}
