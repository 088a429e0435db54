include!("../../models.rs");

fn main() {
    let _ = Changeset::<User>::new().validate_inclusion(User::age, ["guest", "admin"]);
}
