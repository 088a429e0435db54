include!("../../models.rs");

fn main() {
    let _ = User::query().join(|u| u.posts).preload_joined(User::posts, |(u, _)| u);
}
