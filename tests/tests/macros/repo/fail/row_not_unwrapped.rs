include!("../../models.rs");

fn run(repo: &Repo) -> Result<()> {
    let user: User = repo.get::<User>(1)?;
    Ok(())
}

fn main() {}
