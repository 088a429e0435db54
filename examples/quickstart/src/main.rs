//! From an empty folder to rows and back: a SQLite file, its tables, changesets, queries, and the way back.
//!
//! Run it with `cargo run -p quickstart`. It prints what it does, and leaves nothing behind.

use std::path::Path;

use ecto_core::prelude::*;

#[derive(Schema, Changeset, Debug, Clone)]
#[schema(table = "users", timestamps)]
struct User {
    id: i64,
    #[changeset(required)]
    name: String,
    #[changeset(required, format = "@", unique)]
    email: String,
    #[changeset(number(greater_than = 0, less_than = 150))]
    age: Option<i32>,
    inserted_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

struct CreateUsers;

impl Migration for CreateUsers {
    fn change(&self, m: &mut Change) {
        m.create_table("users", |t| {
            t.add("name", Type::String).not_null();
            t.add("email", Type::String).not_null();
            t.add("age", Type::Integer);
            t.timestamps();
        });
        m.create_unique_index("users", ["email"]);
    }
}

fn main() -> Result<()> {
    let file = std::env::temp_dir().join(format!("quickstart-{}.db", std::process::id()));
    let outcome = tour(&file);
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{suffix}", file.display()));
    }
    outcome
}

fn tour(file: &Path) -> Result<()> {
    let url = format!("sqlite://{}", file.display());
    println!("connect to {url}");
    let repo = Repo::connect(&url)?;

    let migrations = Migrations::new().add(20261122093000, "create_users", CreateUsers);
    println!("migrate: versions {:?}", repo.migrate(&migrations)?);

    insert(&repo)?;
    query(&repo)?;
    change(&repo)?;

    println!("roll back: versions {:?}", repo.rollback(&migrations, Until::All)?);
    Ok(())
}

/// What a form sends becomes a changeset; what is wrong with it becomes errors on fields.
fn insert(repo: &Repo) -> Result<()> {
    for form in ["name=Al&email=al@example.com&age=17", "name=Bo&email=bo@example.com&age=30", "name=Cy&email=cy@example.com"] {
        let user = repo.insert(User::changeset(Changeset::new(), Params::from_form(form)))?;
        println!("insert: {} has the id {}", user.name, user.id);
    }
    for form in ["name=&email=nobody&age=200", "name=Di&email=al@example.com"] {
        match repo.insert(User::changeset(Changeset::new(), Params::from_form(form))) {
            Err(WriteError::Invalid(changeset)) => {
                println!("refused: {form}");
                changeset.errors().iter().for_each(|error| println!("    {error}"));
            }
            other => println!("expected a refusal, found {other:?}"),
        }
    }
    Ok(())
}

fn query(repo: &Repo) -> Result<()> {
    let adults = User::query().filter(|u| u.age.ge(18)).order_by(|u| u.name.asc()).limit(10);
    let names: Vec<String> = repo.all(&adults.clone().select(|u| u.name))?;
    let oldest = repo.aggregate(&User::query(), |u| u.age.max())?;
    println!("query: {} users, of them adults {names:?}; the oldest is {oldest:?}", repo.count(&User::query())?);
    println!("    {}", repo.to_sql(&adults)?.0);
    Ok(())
}

fn change(repo: &Repo) -> Result<()> {
    let al = repo.fetch_by::<User>(|u| u.email.eq("al@example.com"))?;
    let al = repo.update(User::changeset(al, [("age", "18")]))?;
    println!("update: {} is {:?} now", al.name, al.age);

    let undone: Result<()> = repo.transaction(|repo| {
        println!("in a transaction: {} users deleted", repo.delete_all(&User::query())?);
        repo.fetch::<User>(al.id).map(drop) // nobody is there: an error, so all of it is undone
    });
    println!(
        "undone, for {}; {} users are there",
        undone.err().map_or_else(String::new, |error| error.message()),
        repo.count(&User::query())?
    );
    Ok(())
}
