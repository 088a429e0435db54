include!("../../models.rs");

fn run(repo: &Repo, users: Vec<User>) -> Result<()> {
    repo.preload(&users, User::posts)
}

fn main() {}
