include!("../../models.rs");

fn run(repo: &Repo) -> Result<()> {
    let _: usize = repo.count(&User::query())?;
    Ok(())
}

fn main() {}
