include!("../../models.rs");

fn main() {
    let _ = User::query().preload(User::posts.with(User::query()));
}
