use ecto_core::SqlType;

#[derive(Clone)]
struct Unknown;

#[derive(SqlType, Clone)]
struct Wrapper(Unknown);

#[derive(SqlType, Clone)]
struct Optional(Option<i64>);

fn main() {}
