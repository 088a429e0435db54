include!("../../models.rs");

fn main() {
    let _ = Changeset::<User>::new().validate_number(User::age, 0..150);
}
