include!("../../models.rs");

fn author(post: &Post) -> &str {
    &post.user.name
}

fn main() {}
