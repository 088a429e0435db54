include!("../../models.rs");

fn main() {
    let _ = User::query().set(|_| ("confirmed", true));
}
