include!("../../models.rs");

fn run(repo: &Repo) -> Result<()> {
    let user = repo.get(1)?;
    Ok(())
}

fn main() {}
