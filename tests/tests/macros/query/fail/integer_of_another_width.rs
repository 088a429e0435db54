include!("../../models.rs");

fn main() {
    let number: i32 = 5;
    let _ = User::query().filter(|u| u.id.eq(number));
}
