include!("../../models.rs");

fn main() {
    let _ = User::query().preload(|u| u.posts);
}
