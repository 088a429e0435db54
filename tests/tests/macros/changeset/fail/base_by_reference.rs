include!("../../models.rs");

fn edit(user: &User) -> Changeset<User> {
    Changeset::from(user).put_change(User::age, 3)
}

fn main() {}
