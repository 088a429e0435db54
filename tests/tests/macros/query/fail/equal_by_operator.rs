include!("../../models.rs");

fn main() {
    let _ = User::query().filter(|u| u.age == 18);
}
