include!("../../models.rs");

fn run(repo: &Repo) -> Result<()> {
    repo.transaction(|repo| {
        repo.exists(&User::query());
    })?;
    Ok(())
}

fn main() {}
