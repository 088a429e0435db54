include!("../../models.rs");

fn main() {
    let _ = User::query().filter(|u| u.confirmed && u.age.gt(3));
}
