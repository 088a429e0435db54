//! Queries in a loop are found, with the line that runs them.

use std::thread;

use ecto_core::prelude::*;
use ecto_core::telemetry::{Repeat, RepeatGuard};

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::blog::{Post, User, four_users, new_user};

pub(super) const CASES: &[Case] = &[
    case!(a_loop_over_rows_is_found_with_its_line, []),
    case!(a_preload_is_clean, []),
    case!(a_loop_in_a_transaction_is_found, []),
    case!(each_line_is_an_entry_of_its_own, []),
    case!(the_limit_can_be_chosen, []),
    case!(what_is_meant_can_be_allowed, []),
    case!(a_dropped_guard_does_not_listen, []),
    case!(a_guard_sees_its_own_repo, []),
    case!(a_guard_may_see_only_its_thread, []),
];

/// Four titles, with one query for each user. The query stands on the line that it returns.
fn looping_page(repo: &Repo) -> Result<u32> {
    let mut line = 0;
    for user in repo.all(&User::query())? {
        line = line!() + 1;
        repo.all(&Post::query().filter(|p| p.author_id.eq(user.id)))?;
    }
    Ok(line)
}

fn entries(guard: &RepeatGuard) -> Vec<(&'static str, u32, usize)> {
    guard.repeats().iter().map(|repeat| (repeat.location.file(), repeat.location.line(), repeat.times)).collect()
}

fn a_loop_over_rows_is_found_with_its_line(stage: &Stage) -> Outcome {
    let users = four_users(stage)?;
    let guard = stage.repo.watch_repeats();
    let line = looping_page(&stage.repo)?;
    let error = guard.check().unwrap_err();
    assert!(error.is_repeated_statement());
    let (sql, _) = stage.repo.to_sql(&Post::query().filter(|p| p.author_id.eq(users[0].id)))?;
    let repeats = guard.repeats();
    let location = repeats[0].location;
    assert_eq!(error.message(), format!("one line ran the same statement more than twice: 4 times from {location}: `{sql}`"));
    assert!(error.hint().is_some_and(|hint| hint.contains(".preload(..)") && hint.contains("in_")), "{error}");
    assert_eq!(entries(&guard), [(file!(), line, 4)]);
    assert_eq!(repeats[0].source.as_deref(), Some("posts"));
    Ok(())
}

fn a_preload_is_clean(stage: &Stage) -> Outcome {
    four_users(stage)?;
    let guard = stage.repo.watch_repeats().limit(1);
    let mut users = stage.repo.all(&User::query().preload(User::posts.then(Post::author)))?;
    stage.repo.preload_again(&mut users, User::posts)?;
    guard.check()?;
    guard.assert();
    Ok(())
}

fn a_loop_in_a_transaction_is_found(stage: &Stage) -> Outcome {
    four_users(stage)?;
    let guard = stage.repo.watch_repeats();
    let line = stage.repo.transaction(looping_page)?;
    assert_eq!(entries(&guard), [(file!(), line, 4)]);
    // The transactions themselves are no finding, nor are the savepoints inside them.
    let guard = stage.repo.watch_repeats();
    for _ in 0..5 {
        stage.repo.transaction(|repo| repo.transaction(|_| Ok::<_, Error>(())))?;
    }
    guard.assert();
    Ok(())
}

fn each_line_is_an_entry_of_its_own(stage: &Stage) -> Outcome {
    four_users(stage)?;
    let guard = stage.repo.watch_repeats();
    let first = line!() + 2;
    for id in 1..=4 {
        stage.repo.get::<User>(id)?;
        stage.repo.get::<User>(id)?;
        if id > 1 {
            stage.repo.insert(new_user(&id.to_string()))?;
        }
    }
    stage.repo.get::<User>(1)?;
    let expected = [(first, 4), (first + 1, 4), (first + 3, 3)];
    assert_eq!(entries(&guard), expected.map(|(line, times)| (file!(), line, times)));
    let error = guard.check().unwrap_err();
    assert_eq!(error.message().matches(file!()).count(), 3, "{error}");
    assert!(error.hint().is_some_and(|hint| hint.contains(".preload(..)") && hint.contains("`insert_all`")), "{error}");
    Ok(())
}

fn the_limit_can_be_chosen(stage: &Stage) -> Outcome {
    four_users(stage)?;
    let (strict, unchanged, wide) = (stage.repo.watch_repeats().limit(1), stage.repo.watch_repeats(), stage.repo.watch_repeats().limit(4));
    for id in 1..=2 {
        stage.repo.get::<User>(id)?;
    }
    let error = strict.check().unwrap_err();
    assert!(error.message().starts_with("one line ran the same statement more than once: twice from "), "{error}");
    unchanged.assert();
    looping_page(&stage.repo)?;
    assert!(unchanged.check().is_err());
    wide.assert();
    Ok(())
}

fn what_is_meant_can_be_allowed(stage: &Stage) -> Outcome {
    four_users(stage)?;
    let is_of = |table: &'static str| move |repeat: &Repeat| repeat.source.as_deref() == Some(table);
    let guard = stage.repo.watch_repeats().allow(is_of("posts")).allow(|repeat| repeat.sql.starts_with("INSERT"));
    looping_page(&stage.repo)?;
    for name in ["Ed", "Flo", "Gus"] {
        stage.repo.insert(new_user(name))?;
    }
    guard.assert();
    for id in 1..=3 {
        stage.repo.get::<User>(id)?;
    }
    assert_eq!(guard.repeats().len(), 1);
    Ok(())
}

fn a_dropped_guard_does_not_listen(stage: &Stage) -> Outcome {
    four_users(stage)?;
    let (first, second) = (stage.repo.watch_repeats(), stage.repo.watch_repeats());
    looping_page(&stage.repo)?;
    // Says nothing, although there is something to say.
    drop(first);
    assert!(!stage.repo.listeners().is_empty());
    looping_page(&stage.repo)?;
    assert_eq!(second.repeats()[0].times, 8);
    drop(second);
    assert!(stage.repo.listeners().is_empty());
    let later = stage.repo.watch_repeats();
    later.assert();
    Ok(())
}

fn a_guard_sees_its_own_repo(stage: &Stage) -> Outcome {
    four_users(stage)?;
    let other = Repo::connect(&stage.url)?;
    let (guard, of_other) = (stage.repo.watch_repeats(), other.watch_repeats());
    looping_page(&other)?;
    guard.assert();
    assert!(of_other.check().is_err());
    // A handle with other options is the same repo.
    looping_page(&stage.repo.outside().with(|o| o.read_only()))?;
    assert!(guard.check().is_err());
    Ok(())
}

fn a_guard_may_see_only_its_thread(stage: &Stage) -> Outcome {
    four_users(stage)?;
    let (all, own) = (stage.repo.watch_repeats(), stage.repo.watch_repeats().only_this_thread());
    thread::scope(|scope| scope.spawn(|| looping_page(&stage.repo)).join()).expect("no panic")?;
    assert!(all.check().is_err());
    own.assert();
    looping_page(&stage.repo)?;
    assert!(own.check().is_err());
    Ok(())
}
