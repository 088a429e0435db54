include!("../../models.rs");

fn main() {
    let _ = User::query().filter(|u| fragment!("lower(?)", u.name, u.age));
}
