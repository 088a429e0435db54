include!("../../models.rs");

fn main() {
    let _ = Changeset::<User>::new().validate_length(User::age, length().min(3));
}
