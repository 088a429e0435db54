include!("../../models.rs");

struct Team;

fn main() {
    let _: Query<User> = Team::query();
}
