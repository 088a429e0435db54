include!("../../models.rs");

fn run(repo: &Repo) -> Result<()> {
    let _: Vec<(String, i32)> = repo.all(&User::query().select(|u| (u.name, u.age)))?;
    Ok(())
}

fn main() {}
