include!("../../models.rs");

fn main() {
    let _ = User::query().select(|u| u.name).union(Post::query().select(|p| p.id));
}
