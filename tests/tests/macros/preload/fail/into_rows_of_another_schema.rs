include!("../../models.rs");

fn run(repo: &Repo, mut users: Vec<User>) -> Result<()> {
    repo.preload(&mut users, Post::comments)
}

fn main() {}
