include!("../../models.rs");

fn main() {
    let _ = Changeset::<Post>::new().no_assoc_constraint(Post::user);
}
