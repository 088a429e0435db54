include!("../../models.rs");

fn main() {
    let _ = User::query().order_by(|_| "name");
}
