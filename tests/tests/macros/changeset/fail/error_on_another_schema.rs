include!("../../models.rs");

fn main() {
    let _ = Changeset::<User>::new().add_error(Post::title, "is wrong");
}
