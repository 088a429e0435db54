include!("../../models.rs");

fn main() {
    let _ = User::query().select(|u| u.name).right_join(|u| u.posts);
}
