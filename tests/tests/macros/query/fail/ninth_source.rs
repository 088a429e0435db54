include!("../../models.rs");

fn main() {
    let q = Post::query().join(|p| p.user).join(|(.., u)| u.posts).join(|(.., p)| p.user).join(|(.., u)| u.posts);
    let q = q.join(|(.., p)| p.user).join(|(.., u)| u.posts).join(|(.., p)| p.user);
    let _ = q.join(|(.., u)| u.posts);
}
