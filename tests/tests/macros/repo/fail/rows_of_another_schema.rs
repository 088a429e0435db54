include!("../../models.rs");

fn run(repo: &Repo) -> Result<()> {
    repo.insert_all(User::rows((Post::title,), [("x",)]))?;
    Ok(())
}

fn main() {}
