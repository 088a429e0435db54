include!("../../models.rs");

fn run(repo: &Repo) -> Result<()> {
    repo.insert_all(User::rows((User::name, User::age), [(None, Some(3))]))?;
    Ok(())
}

fn main() {}
