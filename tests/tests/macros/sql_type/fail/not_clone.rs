use ecto_core::SqlType;

#[derive(SqlType)]
enum Status {
    Draft,
}

fn main() {}
