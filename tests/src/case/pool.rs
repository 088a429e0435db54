//! Many threads, slow statements, and runtimes around it.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use ecto_core::prelude::*;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::blog::{self, User, new_user};

pub(super) const CASES: &[Case] = &[
    case!(threads_share_a_handle, ["D-01"]),
    case!(writers_wait_for_each_other, ["D-01"]),
    case!(a_full_pool_says_so, ["D-02"]),
    case!(a_slow_statement_is_stopped, ["D-04", "D-15"]),
    case!(a_transaction_left_open_in_sql_is_found, ["D-17"]),
    case!(calls_inside_a_runtime_do_not_panic, []),
    case!(a_handle_is_dropped_inside_a_runtime, []),
];

/// Counts for longer than any case may run.
const ENDLESS: &str =
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 2000000000) SELECT max(n) FROM numbers";

fn threads_share_a_handle(stage: &Stage) -> Outcome {
    let users = blog::four_users(stage)?;
    let read = AtomicU32::new(0);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for user in users.iter().cycle().take(100) {
                    assert_eq!(stage.repo.fetch::<User>(user.id).expect("a user"), *user);
                    read.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(read.into_inner(), 800);
    Ok(())
}

fn writers_wait_for_each_other(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let write = |thread: usize| {
        for at in 0..25 {
            let name = format!("u{thread}-{at}");
            stage.repo.transaction(|repo| Ok::<_, Error>(repo.insert(new_user(&name))?)).expect("a write");
        }
    };
    thread::scope(|scope| (0..4).for_each(|thread| drop(scope.spawn(move || write(thread)))));
    assert_eq!(stage.repo.count(&User::query())?, 100);
    Ok(())
}

fn a_full_pool_says_so(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let small = Repo::builder(&stage.url).pool_size(1).queue_timeout(Duration::from_millis(50)).connect()?;
    small.transaction(|_| {
        let waited = thread::scope(|scope| scope.spawn(|| small.transaction(|repo| repo.count(&User::query()))).join());
        let error = waited.expect("no panic").unwrap_err();
        assert!(error.to_string().contains("no connection became free"), "{error}");
        assert!(error.hint().is_some_and(|hint| hint.contains("pool_size")));
        Ok::<_, Error>(())
    })?;
    assert_eq!(small.count(&User::query())?, 0);
    Ok(())
}

fn a_slow_statement_is_stopped(stage: &Stage) -> Outcome {
    let started = Instant::now();
    let stopped = stage.repo.with(|o| o.timeout(Duration::from_millis(200))).query(ENDLESS, ()).unwrap_err();
    assert!(stopped.is_timeout(), "{stopped}");
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    assert_eq!(stage.repo.query("SELECT 1", ())?.load::<i32>()?, [1]);
    Ok(())
}

fn a_transaction_left_open_in_sql_is_found(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let error = stage.repo.query("BEGIN", ()).unwrap_err();
    assert!(error.to_string().contains("transaction"), "{error}");
    blog::user(&stage.repo, "Al", None)?;
    assert_eq!(stage.repo.count(&User::query())?, 1);
    Ok(())
}

fn calls_inside_a_runtime_do_not_panic(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let many = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build()?;
    many.block_on(async { work(&stage.repo, "Al") })?;
    let repo = stage.repo.clone();
    many.block_on(async move { tokio::spawn(async move { work(&repo, "Bo") }).await })??;
    let one = tokio::runtime::Builder::new_current_thread().build()?;
    one.block_on(async { work(&stage.repo, "Cy") })?;
    assert_eq!(stage.repo.count(&User::query())?, 3);
    Ok(())
}

/// Every kind of call once.
fn work(repo: &Repo, name: &str) -> Result<()> {
    let user = repo.transaction(|repo| {
        let user = repo.insert(new_user(name))?;
        repo.transaction(|repo| Ok::<_, Error>(repo.update(Changeset::from(user).put_change(User::age, 3))?))
    })?;
    assert_eq!(repo.get::<User>(user.id)?, Some(user));
    repo.query("SELECT 1", ())?;
    assert!(repo.query("SELECT nonsense", ()).is_err());
    Ok(())
}

fn a_handle_is_dropped_inside_a_runtime(stage: &Stage) -> Outcome {
    for runtime in [tokio::runtime::Builder::new_multi_thread().build()?, tokio::runtime::Builder::new_current_thread().build()?] {
        let url = stage.url.clone();
        runtime.block_on(async move {
            let repo = Repo::connect(&url)?;
            repo.query("SELECT 1", ())?;
            drop(repo);
            Ok::<_, Error>(())
        })?;
    }
    Ok(())
}
