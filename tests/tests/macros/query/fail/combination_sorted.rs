include!("../../models.rs");

fn main() {
    let _ = User::query().union(User::query()).order_by(|u| u.name);
}
