include!("../../models.rs");

fn run(repo: &Repo, changeset: Changeset<User>) -> Result<(), std::fmt::Error> {
    repo.insert(changeset)?;
    Ok(())
}

fn main() {}
