include!("../../models.rs");

fn run(repo: &Repo, users: Vec<User>) -> Result<()> {
    repo.insert_all(users)?;
    Ok(())
}

fn main() {}
