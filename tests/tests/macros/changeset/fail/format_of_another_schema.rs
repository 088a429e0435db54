include!("../../models.rs");

fn main() {
    let _ = Changeset::<User>::new().validate_format(Post::title, "@");
}
