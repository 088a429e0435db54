include!("../../models.rs");

fn main() {
    let _ = Changeset::<User>::new().unique_constraint("name");
}
