ecto_core::migrations! {
    v20261122093000,
}

fn main() {}
