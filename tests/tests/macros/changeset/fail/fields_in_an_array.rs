include!("../../models.rs");

fn main() {
    let _ = Changeset::<User>::new().cast([("name", "Al")], [User::id, User::id]);
}
