include!("../../models.rs");

fn main() {
    let _ = User::query().filter(|u| u.id.in_(["a", "b"]));
}
