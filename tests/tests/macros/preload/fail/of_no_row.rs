include!("../../models.rs");

fn run(repo: &Repo, mut names: Vec<String>) -> Result<()> {
    repo.preload(&mut names, User::posts)
}

fn main() {}
