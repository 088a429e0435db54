include!("../../models.rs");

fn adults<S: Sources<Root = User>>(query: Query<S, User>) -> Query<S, User> {
    query.filter(|u| u.age.ge(18))
}

fn main() {
    let _ = adults(User::query());
}
