include!("../../models.rs");

#[derive(Projection)]
struct Stat {
    name: String,
    age: i64,
}

fn main() {
    let _ = User::query().select(|u| StatCols { name: u.name, age: u.id.cast::<i32>() });
}
