include!("../../models.rs");

fn run(repo: &Repo) -> Result<()> {
    repo.update_all(&User::query())?;
    Ok(())
}

fn main() {}
