include!("../../models.rs");

fn first(user: &User) -> &str {
    &user.posts[0].title
}

fn main() {}
