//! What happens before anything is sent: casting, validating, building a query.

use std::hint::black_box;

use ecto_core::prelude::*;

use crate::measure::alone;
use crate::model::{Comment, Post, Tag, User};
use crate::report::Report;

pub fn run(report: &mut Report) {
    let form = Params::from(params());
    let mut cast = |count| (0..count).map(|_| cast_and_validate(&form)).sum();
    report.time("cast + 5 validations", 300.0, || alone(&mut cast));
    let mut build = |count| (0..count).map(|at| build(i64::from(at))).sum();
    report.time("build 3 joins + 4 filters", 300.0, || alone(&mut build));
    let all = allocation_counter::measure(|| assert!(cast_and_validate(&form) > 0)).count_total;
    // The two texts.
    report.allocations("allocations: cast + 5 validations", (all, 2), 2);
}

fn params() -> [(&'static str, &'static str); 4] {
    [("name", "A new user"), ("email", "new@example.com"), ("age", "33"), ("confirmed", "true")]
}

/// Two required, a length, a format, a number, of params as a web framework has read them.
fn cast_and_validate(form: &Params) -> u64 {
    let changeset = User::changeset(Changeset::new(), form);
    assert!(changeset.is_valid());
    black_box(&changeset).changes().len() as u64
}

fn build(at: i64) -> u64 {
    let query = User::query()
        .join_on::<Post>(|u, p| p.author_id.eq(u.id))
        .join_on::<Comment>(|(_, p), c| c.post_id.eq(p.id))
        .join_on::<Tag>(|(_, _, c), t| t.comment_id.eq(c.id))
        .filter(|(u, ..)| u.id.gt(at))
        .filter(|(_, p, ..)| p.published.eq(true))
        .filter(|(_, _, c, _)| c.votes.ge(at))
        .filter(|(_, _, _, t)| t.word.eq("rust"));
    drop(black_box(query));
    1
}
