//! Eight at once.

use std::thread;

use ecto_core::Repo;
use ecto_core::migration::{Direction, LockKind, Migrator, Until};
use ecto_tests::Stage;
use ecto_tests::case;
use ecto_tests::case::{Case, Outcome};

use super::{child, lists};

pub const CASES: &[Case] = &[
    case!(eight_threads_run_each_migration_once, ["H-08"]),
    case!(eight_processes_run_each_migration_once, []),
    case!(eight_applications_start_at_once, []),
    case!(rows_alone_keep_rivals_apart, ["H-09"]),
];

const ALL: [i64; 5] = [1, 2, 3, 4, 5];

fn each_ran_once(stage: &Stage, mut versions: Vec<i64>) {
    versions.sort_unstable();
    assert_eq!(versions, ALL);
    assert_eq!(lists::ran(stage), ALL[1..]);
    assert_eq!(lists::recorded(stage), ALL);
}

fn eight_threads_run_each_migration_once(stage: &Stage) -> Outcome {
    let run = || lists::up(stage, &lists::five()).unwrap();
    let versions = thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(run)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    each_ran_once(stage, versions);
    Ok(())
}

fn eight_processes_run_each_migration_once(stage: &Stage) -> Outcome {
    let children: Vec<_> = (0..8).map(|_| child::start(&stage.url, "five", "never")).collect();
    for child in children {
        let output = child.wait_with_output()?;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    each_ran_once(stage, ALL.to_vec());
    Ok(())
}

/// Each with a pool of its own, and all of them with one: the run has a connection besides.
fn eight_applications_start_at_once(stage: &Stage) -> Outcome {
    let versions = thread::scope(|scope| {
        let own = || Repo::connect(&stage.url).unwrap().migrate(&lists::five()).unwrap();
        let shared = || stage.repo.migrate(&lists::five()).unwrap();
        let threads: Vec<_> = (0..4).flat_map(|_| [scope.spawn(own), scope.spawn(shared)]).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    each_ran_once(stage, versions);
    Ok(())
}

fn rows_alone_keep_rivals_apart(stage: &Stage) -> Outcome {
    let run = || {
        let (adapter, migrations) = (lists::adapter(&stage.url), lists::five());
        Migrator::new(&adapter, &migrations).lock(LockKind::Row).run(Direction::Up, Until::All, &mut |_| {}).unwrap()
    };
    let versions = thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(run)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    each_ran_once(stage, versions);
    Ok(())
}
