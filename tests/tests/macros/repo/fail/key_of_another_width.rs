include!("../../models.rs");

fn run(repo: &Repo, id: i32) -> Result<()> {
    repo.get::<User>(id)?;
    Ok(())
}

fn main() {}
