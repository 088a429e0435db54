include!("../../models.rs");

fn main() {
    let _ = User::query().select(|u| fragment!("lower(?)", u.name));
}
