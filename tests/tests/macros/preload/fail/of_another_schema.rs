include!("../../models.rs");

fn main() {
    let _ = User::query().preload(Post::comments);
}
