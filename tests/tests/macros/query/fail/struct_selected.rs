include!("../../models.rs");

fn main() {
    struct Stat {
        name: &'static str,
    }
    let _ = User::query().select(|_| Stat { name: "x" });
}
