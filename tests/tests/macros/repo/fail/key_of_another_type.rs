include!("../../models.rs");

fn run(repo: &Repo) -> Result<()> {
    repo.get::<User>("1")?;
    Ok(())
}

fn main() {}
