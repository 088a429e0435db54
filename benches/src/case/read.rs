//! Rows by key, by a unique column, a page, and many.

use crate::database::Database;
use crate::fill::ROWS;
use crate::measure::Pair;
use crate::model::User;
use crate::report::Report;

pub fn run(database: &mut Database, report: &mut Report) {
    get(database, report);
    get_by(database, report);
    page(database, report);
    for (rows, sqlite, postgres) in [(1, 1.10, 1.05), (100, 1.02, 1.00), (10_000, 1.00, 1.00)] {
        load(database, report, rows, (sqlite, postgres));
    }
}

/// A different key each time.
fn key(at: u32) -> i64 {
    i64::from(at) * 7919 % ROWS + 1
}

fn get(database: &mut Database, report: &mut Report) {
    let budget = database.budget(1.15, 1.05);
    let (repo, floor) = (&database.repo, &mut database.floor);
    let mut ours = |count| (0..count).map(|at| repo.fetch::<User>(key(at)).expect("a user").id as u64).sum();
    let mut floor = |count| (0..count).map(|at| floor.get(key(at)).id as u64).sum();
    report.ratio("get by primary key", budget, Pair { ours: &mut ours, floor: &mut floor });
}

fn get_by(database: &mut Database, report: &mut Report) {
    let budget = database.budget(1.15, 1.05);
    let emails: Vec<String> = (0..1024).map(|at| format!("user{}@example.com", key(at))).collect();
    let email = |at: u32| emails[at as usize % emails.len()].as_str();
    let (repo, floor) = (&database.repo, &mut database.floor);
    let find = |email: &str| repo.get_by::<User>(|u| u.email.eq(email)).expect("an answer").expect("a user");
    let mut ours = |count| (0..count).map(|at| find(email(at)).id as u64).sum();
    let mut floor = |count| (0..count).map(|at| floor.get_by_email(email(at)).id as u64).sum();
    report.ratio("get by unique column", budget, Pair { ours: &mut ours, floor: &mut floor });
}

fn page(database: &mut Database, report: &mut Report) {
    let budget = database.budget(1.15, 1.05);
    let (repo, floor) = (&database.repo, &mut database.floor);
    let older_than = |at: u32| i32::try_from(at % 40).expect("a small number");
    let query = |age| User::query().filter(|u| u.age.gt(age).and(u.confirmed.eq(true))).order_by(|u| u.inserted_at.desc()).limit(10);
    let mut ours =
        |count| (0..count).map(|at| repo.all(&query(older_than(at))).expect("users").iter().map(|user| user.id as u64).sum::<u64>()).sum();
    let mut floor = |count| (0..count).map(|at| floor.page(older_than(at)).iter().map(|user| user.id as u64).sum::<u64>()).sum();
    report.ratio("filter + order + limit 10", budget, Pair { ours: &mut ours, floor: &mut floor });
}

fn load(database: &mut Database, report: &mut Report, rows: i64, (sqlite, postgres): (f64, f64)) {
    let budget = database.budget(sqlite, postgres);
    let (repo, floor) = (&database.repo, &mut database.floor);
    let query = || User::query().filter(|u| u.id.le(rows)).order_by(|u| u.id);
    let mut ours = |count| (0..count).map(|_| repo.all(&query()).expect("users").len() as u64).sum();
    let mut floor = |count| (0..count).map(|_| floor.load(rows).len() as u64).sum();
    report.ratio(&format!("load {rows} rows"), budget, Pair { ours: &mut ours, floor: &mut floor });
}
