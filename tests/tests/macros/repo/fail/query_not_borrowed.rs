include!("../../models.rs");

fn run(repo: &Repo) -> Result<()> {
    repo.all(User::query())?;
    Ok(())
}

fn main() {}
