include!("../../models.rs");

fn main() {
    let _ = User::query().set(|u| u.name.to(u.age));
}
