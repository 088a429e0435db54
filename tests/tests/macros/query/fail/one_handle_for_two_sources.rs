include!("../../models.rs");

fn main() {
    let _ = User::query().join(|u| u.posts).filter(|u| u.confirmed);
}
