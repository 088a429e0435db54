include!("../../models.rs");

fn run(repo: &Repo, user: User) -> Result<()> {
    repo.query("SELECT ?", (user,))?;
    Ok(())
}

fn main() {}
