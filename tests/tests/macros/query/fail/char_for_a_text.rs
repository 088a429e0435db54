include!("../../models.rs");

fn main() {
    let _ = User::query().filter(|u| u.name.eq('x'));
}
