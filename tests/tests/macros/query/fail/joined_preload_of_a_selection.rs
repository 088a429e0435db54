include!("../../models.rs");

fn main() {
    let _ = User::query().join(|u| u.posts).select(|(_, p)| p).preload_joined(User::posts, |(_, p)| p);
}
