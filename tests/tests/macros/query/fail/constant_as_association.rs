include!("../../models.rs");

fn main() {
    let _ = User::query().join(|_| User::posts);
}
