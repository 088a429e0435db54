include!("../../models.rs");

fn main() {
    let _ = User::query().join(|u| u.posts).preload_joined(Post::comments, |(_, p)| p);
}
