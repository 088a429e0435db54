include!("../../models.rs");

fn main() {
    let _ = User::query().group_by(|u| u.name).having(|_| count());
}
