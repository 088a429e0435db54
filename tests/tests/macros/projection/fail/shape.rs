use ecto_core::Projection;

#[derive(Projection)]
struct Empty {}

#[derive(Projection)]
struct Pair(i64, i64);

#[derive(Projection)]
#[projection(table = "x")]
struct Stat {
    name: String,
}

fn main() {}
