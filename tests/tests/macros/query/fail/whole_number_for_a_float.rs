include!("../../models.rs");

fn main() {
    let _ = Post::query().filter(|p| p.rating.gt(5));
}
