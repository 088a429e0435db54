include!("../../models.rs");

fn main() {
    let _ = User::query().right_join(|u| u.posts).preload_joined(User::posts, |(_, p)| p);
}
