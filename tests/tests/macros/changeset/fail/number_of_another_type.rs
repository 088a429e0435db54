include!("../../models.rs");

fn main() {
    let _ = Changeset::<User>::new().validate_number(User::age, number().less_than(1.5));
}
