include!("../../models.rs");

fn main() {
    let _ = User::query().filter(|u| u.age.gt("18"));
}
