include!("../../models.rs");

fn main() {
    let text = "lower(?)";
    let _ = User::query().filter(|u| fragment!(text, u.name));
}
