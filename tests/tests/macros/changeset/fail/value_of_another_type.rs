include!("../../models.rs");

fn main() {
    let _ = Changeset::<User>::new().put_change(User::age, "3");
}
