include!("../../models.rs");

fn main() {
    fn adults(query: Query<User>) -> Query<User> {
        query.filter(|u| u.age.ge(18))
    }
    let _ = adults(User::query().join(|u| u.posts));
}
