include!("../../models.rs");

fn main() {
    let name = String::from("x");
    let _ = User::query().filter(|u| u.name.eq(name)).filter(|u| u.name.ne(name));
}
