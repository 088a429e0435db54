include!("../../models.rs");

fn main() {
    let _ = User::query().group_by(|_| "name");
}
