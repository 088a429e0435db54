use ecto_core::SqlType;

#[derive(SqlType, Clone)]
struct Named {
    inner: i64,
}

#[derive(SqlType, Clone)]
struct Pair(i64, i64);

#[derive(SqlType, Clone)]
struct Boxed<T>(T);

fn main() {}
