include!("../../models.rs");

#[derive(Projection)]
struct Stat {
    name: String,
    age: i32,
}

fn main() {
    let _ = User::query().select(|u| StatCols { name: u.name, age: u.age });
}
