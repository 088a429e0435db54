include!("../../models.rs");

fn main() {
    let _ = User::query().limit("10");
}
