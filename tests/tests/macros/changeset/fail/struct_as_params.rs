include!("../../models.rs");

fn main() {
    struct Form;
    let form = Form;
    let _ = Changeset::<User>::new().cast(form, User::name);
}
