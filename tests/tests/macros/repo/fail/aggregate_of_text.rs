include!("../../models.rs");

fn run(repo: &Repo) -> Result<()> {
    repo.aggregate(&User::query(), |_| "max(age)")?;
    Ok(())
}

fn main() {}
