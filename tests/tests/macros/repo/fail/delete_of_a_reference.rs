include!("../../models.rs");

fn run(repo: &Repo, user: &User) -> Result<()> {
    repo.delete(user)?;
    Ok(())
}

fn main() {}
