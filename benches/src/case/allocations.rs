//! How often the allocator is asked.

use std::hint::black_box;

use crate::database::Database;
use crate::model::User;
use crate::report::Report;

pub fn run(database: &mut Database, report: &mut Report) {
    let budget = if database.budget(0.0, 1.0) == 0.0 { 4 } else { 13 };
    let (repo, floor) = (&database.repo, &mut *database.floor);
    // Once before, so that the statement is kept.
    let ours = || drop(black_box(repo.fetch::<User>(7).expect("a user")));
    let mut by_hand = || drop(black_box(floor.get(7)));
    ours();
    by_hand();
    let counts = (allocation_counter::measure(ours).count_total, allocation_counter::measure(by_hand).count_total);
    report.allocations("allocations: get by key", counts, budget);
}
