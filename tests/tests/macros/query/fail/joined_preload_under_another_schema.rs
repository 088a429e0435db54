include!("../../models.rs");

fn main() {
    let _ = User::query().join(|u| u.posts).preload_joined(User::posts, |(_, p)| (p, User::posts.joined(p)));
}
