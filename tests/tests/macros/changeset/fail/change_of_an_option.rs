include!("../../models.rs");

fn main() {
    let _ = Changeset::<User>::new().update_change(User::age, |age| age + 1);
}
