include!("../../models.rs");

fn main() {
    let _ = Changeset::<User>::new().validate_number(User::name, number().greater_than(0));
}
