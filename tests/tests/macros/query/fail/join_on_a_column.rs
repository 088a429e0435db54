include!("../../models.rs");

fn main() {
    let _ = User::query().join_on::<Post>(|_, p| p.published);
}
