include!("../../models.rs");

fn main() {
    let _: Query<_, String> = User::query().left_join(|u| u.posts).select(|(_, p)| p.title);
}
