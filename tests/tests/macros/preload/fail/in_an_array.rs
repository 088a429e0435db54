include!("../../models.rs");

fn main() {
    let _ = Post::query().preload([Post::user, Post::comments]);
}
