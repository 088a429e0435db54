include!("../../models.rs");

fn send(repo: &Repo, changeset: Changeset<User>) -> Result<Post> {
    Ok(repo.insert(changeset)?)
}

fn main() {}
