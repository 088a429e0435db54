include!("../../models.rs");

fn main() {
    let _ = User::query().filter(|_| "age > 18");
}
