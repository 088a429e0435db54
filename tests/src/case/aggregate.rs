//! Many rows as one value.

use ecto_core::prelude::*;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::blog::{self, Post, User};

pub(super) const CASES: &[Case] = &[
    case!(rows_are_counted, ["A-08", "R-17"]),
    case!(the_ends_the_sum_and_the_mean, ["A-09"]),
    case!(nothing_has_no_ends, ["R-17"]),
    case!(only_some_rows_count, ["A-10"]),
    case!(a_limit_counts_and_an_order_does_not, ["R-17"]),
    case!(a_row_exists, ["R-18"]),
    case!(the_first_row, ["Q-26"]),
];

fn visits(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    for visits in [10, 11, 12, 12] {
        blog::post(&stage.repo, "x", None, visits)?;
    }
    Ok(())
}

fn rows_are_counted(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    assert_eq!(stage.repo.count(&User::query())?, 4);
    let counts = stage.repo.aggregate(&User::query(), |u| (count(), u.age.count(), u.confirmed.count_distinct()))?;
    assert_eq!(counts, (4, 3, 2));
    Ok(())
}

fn the_ends_the_sum_and_the_mean(stage: &Stage) -> Outcome {
    visits(stage)?;
    let all = stage.repo.aggregate(&Post::query(), |p| (p.visits.min(), p.visits.max(), p.visits.sum(), p.visits.sum_distinct()))?;
    assert_eq!(all, (Some(10), Some(12), Some(45), Some(33)));
    let mean = stage.repo.aggregate(&Post::query(), |p| p.visits.avg())?.expect("rows");
    assert_eq!(mean.to_string().trim_end_matches('0'), "11.25");
    assert_eq!(stage.repo.aggregate(&Post::query(), |p| p.title.max())?.as_deref(), Some("x"));
    Ok(())
}

fn nothing_has_no_ends(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    assert_eq!(stage.repo.aggregate(&Post::query(), |p| (p.visits.max(), p.visits.sum(), count()))?, (None, None, 0));
    assert_eq!(stage.repo.aggregate(&Post::query(), |p| p.visits.avg().is_nil())?, Some(true));
    Ok(())
}

fn only_some_rows_count(stage: &Stage) -> Outcome {
    visits(stage)?;
    let some = stage.repo.aggregate(&Post::query(), |p| (count().filter(p.visits.gt(10)), p.visits.sum().filter(p.visits.lt(12))))?;
    assert_eq!(some, (3, Some(21)));
    Ok(())
}

fn a_limit_counts_and_an_order_does_not(stage: &Stage) -> Outcome {
    visits(stage)?;
    let top = Post::query().order_by(|p| p.visits.desc()).limit(2);
    assert_eq!(stage.repo.aggregate(&top, |p| p.visits.sum())?, Some(24));
    assert_eq!(stage.repo.count(&top)?, 2);
    assert_eq!(stage.repo.count(&Post::query().offset(3).order_by(|p| p.id))?, 1);
    assert_eq!(stage.repo.count(&Post::query().select(|p| p.visits).distinct())?, 3);
    Ok(())
}

fn a_row_exists(stage: &Stage) -> Outcome {
    visits(stage)?;
    assert!(stage.repo.exists(&Post::query().filter(|p| p.visits.gt(11)).order_by(|p| p.id))?);
    assert!(!stage.repo.exists(&Post::query().filter(|p| p.visits.gt(12)))?);
    Ok(())
}

fn the_first_row(stage: &Stage) -> Outcome {
    let users = blog::four_users(stage)?;
    assert_eq!(stage.repo.first(&User::query())?.as_ref(), Some(&users[0]));
    assert_eq!(stage.repo.first(&User::query().order_by(|u| u.name.desc()))?.as_ref(), Some(&users[3]));
    assert_eq!(stage.repo.first(&User::query().filter(|u| u.age.gt(99)))?, None);
    Ok(())
}
