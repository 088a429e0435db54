include!("../../models.rs");

fn main() {
    let _ = User::query().filter(|u| u.id.eq(u.age));
}
