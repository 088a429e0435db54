include!("../../models.rs");

fn main() {
    let _ = User::query().filter(|_| User::age.gt(18));
}
