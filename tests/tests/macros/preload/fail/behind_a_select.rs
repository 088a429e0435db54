include!("../../models.rs");

fn main() {
    let _ = User::query().select(|u| u.name).preload(User::posts);
}
