//! Many rows at once.

use ecto_core::prelude::*;

use crate::database::Database;
use crate::measure::Pair;
use crate::model::User;
use crate::report::Report;

pub fn run(database: &mut Database, report: &mut Report) {
    for rows in [100, 10_000] {
        insert_all(database, report, rows);
    }
}

fn insert_all(database: &mut Database, report: &mut Report, rows: usize) {
    let budget = database.budget(1.05, 1.00);
    let now = DateTime::<Utc>::UNIX_EPOCH;
    let texts: Vec<(String, String)> = (0..rows).map(|at| (format!("Bulk number {at}"), format!("bulk{at}@example.com"))).collect();
    let borrowed: Vec<_> = texts.iter().map(|(name, email)| (name.as_str(), email.as_str(), true, now, now)).collect();
    let fields = (User::name, User::email, User::confirmed, User::inserted_at, User::updated_at);
    let (repo, floor) = (&database.repo, &mut *database.floor);
    let once = || {
        let mut written = 0;
        let undone = repo.transaction(|repo| {
            written = repo.insert_all(User::rows(fields, borrowed.iter().copied()))?;
            Err::<(), _>(repo.fetch::<User>(-1).expect_err("nobody has this id"))
        });
        assert!(undone.is_err_and(|error| error.is_not_found()));
        written
    };
    let mut by_hand = || {
        floor.begin();
        let written = floor.insert_all(&borrowed);
        floor.rollback();
        written
    };
    let mut ours = |count| (0..count).map(|_| once()).sum();
    let mut floor = |count| (0..count).map(|_| by_hand()).sum();
    report.ratio(&format!("insert_all {rows} rows"), budget, Pair { ours: &mut ours, floor: &mut floor });
}
