//! One row at a time, by changeset, inside a transaction that is rolled back.

use ecto_core::prelude::*;

use crate::database::Database;
use crate::fill::ROWS;
use crate::floor::Floor;
use crate::measure::Pair;
use crate::model::User;
use crate::report::Report;

/// Why a transaction ends: nothing failed.
struct Undo(u64);

impl From<Error> for Undo {
    fn from(error: Error) -> Self {
        panic!("{error:?}")
    }
}

impl<S: Record> From<WriteError<S>> for Undo {
    fn from(error: WriteError<S>) -> Self {
        panic!("{error:?}")
    }
}

pub fn run(database: &mut Database, report: &mut Report) {
    insert(database, report);
    update(database, report);
    delete(database, report);
}

/// Runs a batch in a transaction, and rolls it back.
fn undone(repo: &Repo, work: impl FnOnce(&Repo) -> Result<u64, Undo>) -> u64 {
    match repo.transaction(|repo| Err::<u64, _>(Undo(work(repo)?))) {
        Err(Undo(sum)) | Ok(sum) => sum,
    }
}

fn by_hand(floor: &mut dyn Floor, work: impl FnOnce(&mut dyn Floor) -> u64) -> u64 {
    floor.begin();
    let sum = work(floor);
    floor.rollback();
    sum
}

fn insert(database: &mut Database, report: &mut Report) {
    let budget = database.budget(1.25, 1.05);
    let (repo, floor) = (&database.repo, &mut *database.floor);
    let emails: Vec<String> = (0..1 << 20).map(|at| format!("new{at}@example.com")).collect();
    let changeset =
        |email: &str| Changeset::new().put_change(User::name, "A new user").put_change(User::email, email).put_change(User::age, 33);
    let mut ours = |count: u32| {
        undone(repo, |repo| emails[..count as usize].iter().map(|email| Ok(repo.insert(changeset(email))?.name.len() as u64)).sum())
    };
    let mut floor = |count: u32| {
        by_hand(floor, |floor| emails[..count as usize].iter().map(|email| floor.insert("A new user", email, 33).name.len() as u64).sum())
    };
    report.ratio("insert one in a transaction", budget, Pair { ours: &mut ours, floor: &mut floor });
}

fn update(database: &mut Database, report: &mut Report) {
    let budget = database.budget(1.25, 1.05);
    let (repo, floor) = (&database.repo, &mut *database.floor);
    let users: Vec<User> = repo.all(&User::query().order_by(|u| u.id).limit(1000)).expect("users");
    let user = |at: u32| users[at as usize % users.len()].clone();
    let age = |at: u32| 100 + i32::try_from(at / 1000 % 50).expect("a small number");
    let one = |repo: &Repo, at| Ok(u64::from(repo.update(Changeset::from(user(at)).put_change(User::age, age(at)))?.id > 0));
    let mut ours = |count: u32| undone(repo, |repo| (0..count).map(|at| one(repo, at)).sum());
    let mut floor = |count: u32| by_hand(floor, |floor| (0..count).map(|at| floor.update(user(at).id, age(at))).sum());
    report.ratio("update one in a transaction", budget, Pair { ours: &mut ours, floor: &mut floor });
}

fn delete(database: &mut Database, report: &mut Report) {
    let budget = database.budget(1.25, 1.05);
    let (repo, floor) = (&database.repo, &mut *database.floor);
    let users: Vec<User> = repo.all(&User::query().order_by(|u| u.id)).expect("users");
    let limit = |count: u32| (count as usize).min(usize::try_from(ROWS).expect("a small number"));
    let one = |repo: &Repo, user: &User| Ok(u64::from(repo.delete(user.clone())?.id > 0));
    let mut ours = |count: u32| undone(repo, |repo| users[..limit(count)].iter().map(|user| one(repo, user)).sum());
    let mut floor = |count: u32| by_hand(floor, |floor| users[..limit(count)].iter().map(|user| floor.delete(user.clone().id)).sum());
    report.ratio("delete one in a transaction", budget, Pair { ours: &mut ours, floor: &mut floor });
}
