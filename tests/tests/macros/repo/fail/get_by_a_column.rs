include!("../../models.rs");

fn run(repo: &Repo) -> Result<()> {
    repo.get_by::<User>(|u| u.confirmed)?;
    Ok(())
}

fn main() {}
