include!("../../models.rs");

fn main() {
    let _ = User::query().join(|u| u.posts).filter(|(_, p, _)| p.published);
}
