include!("../../models.rs");

fn main() {
    let age: Option<i32> = None;
    let _ = User::query().filter(|u| u.age.eq(age));
}
