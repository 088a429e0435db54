include!("../../models.rs");

fn run(repo: &Repo, user: User) -> Result<()> {
    repo.insert(user)?;
    Ok(())
}

fn main() {}
