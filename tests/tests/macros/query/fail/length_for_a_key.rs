include!("../../models.rs");

fn main() {
    let names = ["Al", "Bo"];
    let _ = User::query().filter(|u| u.id.lt(names.len()));
}
