include!("../../models.rs");

fn main() {
    let _ = Changeset::<User>::new().optimistic_lock(User::name);
}
