include!("../../models.rs");

fn main() {
    let _ = Changeset::<User>::new().assoc_constraint(User::posts);
}
