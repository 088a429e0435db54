include!("../../models.rs");

fn run(repo: &Repo) -> Result<()> {
    repo.insert_all(User::rows((User::name,), [(1,)]))?;
    Ok(())
}

fn main() {}
