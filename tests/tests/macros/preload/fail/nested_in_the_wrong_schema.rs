include!("../../models.rs");

fn main() {
    let _ = User::query().preload(User::posts.then(User::posts));
}
