//! Several statements, or none of them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ecto_core::prelude::*;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::blog::{self, User, new_user};

pub(super) const CASES: &[Case] = &[
    case!(ok_commits_and_returns, ["R-56"]),
    case!(an_error_rolls_back_and_is_returned, ["R-56", "R-58"]),
    case!(a_panic_rolls_back_and_goes_on, ["R-56"]),
    case!(a_nested_one_fails_alone, ["R-59"]),
    case!(a_refused_statement_aborts_on_both_databases, ["C-73"]),
    case!(a_savepoint_for_each_statement, ["R-60"]),
    case!(the_handle_knows_where_it_is, ["R-61"]),
    case!(the_outer_handle_is_an_error_inside, ["R-62"]),
    case!(outside_is_outside, ["R-62"]),
    case!(a_handle_that_was_kept_is_an_error, ["R-58"]),
    case!(a_commit_while_another_thread_is_inside_is_an_error, ["R-62"]),
    case!(a_write_that_was_stopped_leaves_all_or_nothing, ["R-59"]),
    case!(a_transaction_that_was_ended_by_hand_takes_no_more, ["R-56"]),
    case!(a_limit_without_end, ["R-56"]),
    case!(others_see_nothing_until_the_commit, ["R-62"]),
    case!(an_error_of_ones_own, ["R-56"]),
    case!(a_transaction_that_only_reads, ["R-56"]),
    case!(a_transaction_as_if_alone, ["R-56"]),
];

fn count(repo: &Repo) -> Result<i64> {
    repo.count(&User::query())
}

fn ok_commits_and_returns(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let al = stage.repo.transaction(|repo| {
        let al = repo.insert(new_user("Al"))?;
        repo.insert(new_user("Bo"))?;
        Ok::<_, Error>(al)
    })?;
    assert_eq!(stage.repo.fetch::<User>(al.id)?, al);
    assert_eq!(count(&stage.repo)?, 2);
    Ok(())
}

fn an_error_rolls_back_and_is_returned(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let missing = stage.repo.transaction(|repo| {
        repo.insert(new_user("Al"))?;
        repo.fetch::<User>(-1)
    });
    assert!(missing.is_err_and(|error| error.is_not_found()));
    assert_eq!(count(&stage.repo)?, 0);
    Ok(())
}

fn a_panic_rolls_back_and_goes_on(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        stage.repo.transaction(|repo| -> Result<()> {
            repo.insert(new_user("Al"))?;
            std::panic::resume_unwind(Box::new("on purpose"))
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(count(&stage.repo)?, 0);
    blog::user(&stage.repo, "Bo", None)?;
    Ok(())
}

fn a_nested_one_fails_alone(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    stage.repo.transaction(|repo| {
        repo.insert(new_user("Al"))?;
        let twice = repo.transaction(|repo| {
            repo.insert(new_user("Bo"))?;
            Ok::<_, Error>(repo.insert(new_user("Al"))?)
        });
        assert!(twice.is_err());
        repo.transaction(|repo| repo.transaction(|repo| Ok::<_, Error>(repo.insert(new_user("Cy"))?)))?;
        Ok::<_, Error>(())
    })?;
    assert_eq!(stage.repo.all(&User::query().order_by(|u| u.id).select(|u| u.name))?, ["Al", "Cy"]);
    Ok(())
}

fn a_refused_statement_aborts_on_both_databases(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let commit = stage.repo.transaction(|repo| {
        repo.insert(new_user("Al"))?;
        assert!(repo.insert(new_user("Al")).is_err_and(|error| error.is_invalid()), "the field error comes as ever");
        let after = count(repo).unwrap_err();
        assert!(after.to_string().contains("abort"), "{after}");
        assert!(after.hint().is_some(), "the way out is named: {after}");
        Ok::<_, Error>(())
    });
    assert!(commit.is_err(), "what was aborted cannot be committed");
    assert_eq!(count(&stage.repo)?, 0);
    Ok(())
}

fn a_savepoint_for_each_statement(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    stage.repo.transaction(|repo| {
        repo.insert(new_user("Al"))?;
        assert!(repo.with(|o| o.savepoint()).insert(new_user("Al")).is_err());
        repo.insert(new_user("Bo"))?;
        Ok::<_, Error>(())
    })?;
    assert_eq!(count(&stage.repo)?, 2);
    Ok(())
}

fn the_handle_knows_where_it_is(stage: &Stage) -> Outcome {
    assert!(!stage.repo.in_transaction());
    stage.repo.transaction(|repo| {
        assert!(repo.in_transaction() && repo.clone().in_transaction());
        Ok::<_, Error>(())
    })?;
    assert!(!stage.repo.in_transaction());
    Ok(())
}

fn the_outer_handle_is_an_error_inside(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    stage.repo.transaction(|repo| {
        repo.insert(new_user("Al"))?;
        let outer = stage.repo.insert(new_user("Bo")).unwrap_err();
        assert!(outer.database().is_some_and(|error| error.hint().is_some()), "{outer:?}");
        assert!(count(&stage.repo).is_err());
        assert_eq!(count(repo)?, 1);
        Ok::<_, Error>(())
    })?;
    assert_eq!(count(&stage.repo)?, 1);
    Ok(())
}

fn outside_is_outside(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let rolled_back = stage.repo.transaction(|repo| {
        repo.insert(new_user("Al"))?;
        assert_eq!(count(&stage.repo.outside())?, 0, "it reads on a connection of its own");
        Err::<(), _>(repo.fetch::<User>(-1).unwrap_err())
    });
    assert!(rolled_back.is_err());
    Ok(())
}

fn a_handle_that_was_kept_is_an_error(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let kept = stage.repo.transaction(|repo| Ok::<_, Error>(repo.clone()))?;
    assert!(kept.insert(new_user("Al")).is_err_and(|error| error.is_database()));
    let inner = stage.repo.transaction(|repo| {
        let inner = repo.transaction(|inner| Ok::<_, Error>(inner.clone()))?;
        assert!(count(&inner).is_err());
        repo.transaction(|_| {
            assert!(count(repo).is_err(), "while an inner one is open, the outer handle waits");
            Ok::<_, Error>(())
        })?;
        Ok::<_, Error>(inner)
    })?;
    assert!(count(&inner).is_err());
    assert_eq!(count(&stage.repo)?, 0);
    Ok(())
}

fn a_commit_while_another_thread_is_inside_is_an_error(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let (began, wait_for_begin) = mpsc::channel::<()>();
    let (over, wait_for_end) = mpsc::channel::<()>();
    let inner = thread::scope(|scope| {
        let mut inner = None;
        let outer = stage.repo.transaction(|repo| {
            repo.insert(new_user("Al"))?;
            let shared = repo.clone();
            inner = Some(scope.spawn(move || {
                shared.transaction(|repo| {
                    repo.insert(new_user("Bo"))?;
                    began.send(()).expect("the outer one waits");
                    wait_for_end.recv().expect("the outer one says when it has ended");
                    Ok::<_, Error>(())
                })
            }));
            wait_for_begin.recv().expect("the inner one begins");
            Ok::<_, Error>(())
        });
        assert!(outer.is_err_and(|error| error.is_wrong_handle()), "not all of it can be kept");
        over.send(()).expect("the inner one waits");
        inner.expect("it was started").join().expect("no panic")
    });
    assert!(inner.is_err_and(|error| error.is_wrong_handle()));
    assert_eq!(count(&stage.repo)?, 0, "nothing was kept, and this thread is outside again");
    blog::user(&stage.repo, "Cy", None)?;
    Ok(())
}

/// A database may answer the stop of a nested write by rolling back the outermost transaction: what comes after must not be kept alone.
fn a_write_that_was_stopped_leaves_all_or_nothing(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    stage.run(&["CREATE TABLE numbers (x {bigint})"])?;
    let endless =
        "INSERT INTO numbers WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000000000) SELECT x FROM n";
    for savepoint in [false, true] {
        let before = count(&stage.repo)?;
        let outer = stage.repo.transaction(|repo| {
            repo.insert(new_user(&format!("before {savepoint}")))?;
            let short = |repo: &Repo| repo.with(|o| o.timeout(Duration::from_millis(50))).query(endless, ()).map(drop);
            let stopped = if savepoint { short(&repo.with(|o| o.savepoint())) } else { repo.transaction(short) };
            assert!(stopped.is_err_and(|error| error.is_timeout()), "the error is that of the stop");
            repo.insert(new_user(&format!("after {savepoint}"))).map(drop).map_err(Error::from)
        });
        match outer {
            Ok(()) => assert_eq!(count(&stage.repo)?, before + 2),
            Err(error) => {
                assert!(error.is_transaction_aborted() && error.hint().is_some(), "{error}");
                assert_eq!(count(&stage.repo)?, before, "nothing is kept: {error}");
            }
        }
    }
    Ok(())
}

fn a_transaction_that_was_ended_by_hand_takes_no_more(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let outer = stage.repo.transaction(|repo| {
        repo.insert(new_user("Al"))?;
        repo.query("ROLLBACK", ())?;
        assert!(repo.insert(new_user("Bo")).is_err(), "it would be kept whatever becomes of the transaction");
        Ok::<_, Error>(())
    });
    assert!(outer.is_err_and(|error| error.is_transaction_aborted()));
    assert_eq!(count(&stage.repo)?, 0);
    Ok(())
}

fn a_limit_without_end(stage: &Stage) -> Outcome {
    let patient = stage.repo.with(|o| o.timeout(Duration::MAX));
    assert_eq!(patient.query("SELECT 1", ())?.len(), 1);
    patient.transaction(|repo| repo.query("SELECT 1", ()).map(drop))?;
    let pooled = Repo::builder(&stage.url).pool_size(1).queue_timeout(Duration::MAX).connect()?;
    let waited = pooled.transaction(|repo| {
        repo.query("SELECT 1", ())?;
        let other = thread::spawn({
            let pooled = pooled.clone();
            move || pooled.transaction(|repo| repo.query("SELECT 1", ()).map(drop))
        });
        Ok::<_, Error>(other)
    })?;
    waited.join().expect("no panic")?;
    Ok(())
}

fn others_see_nothing_until_the_commit(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    stage.repo.transaction(|repo| {
        repo.insert(new_user("Al"))?;
        let seen = thread::scope(|scope| scope.spawn(|| count(&stage.repo)).join());
        assert_eq!(seen.expect("no panic")?, 0);
        Ok::<_, Error>(())
    })?;
    assert_eq!(thread::scope(|scope| scope.spawn(|| count(&stage.repo)).join()).expect("no panic")?, 1);
    Ok(())
}

/// An application's own error.
#[derive(Debug)]
enum Refusal {
    Broke,
    Database(Error),
    Invalid,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Refusal::Database(error)
    }
}

impl<S> From<WriteError<S>> for Refusal {
    fn from(error: WriteError<S>) -> Self {
        match error {
            WriteError::Invalid(_) => Refusal::Invalid,
            WriteError::Database(error) => Refusal::Database(error),
        }
    }
}

fn an_error_of_ones_own(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let broke = stage.repo.transaction(|repo| {
        repo.insert(new_user("Al"))?;
        Err::<(), _>(Refusal::Broke)
    });
    assert!(matches!(broke, Err(Refusal::Broke)));
    let invalid = stage.repo.transaction(|repo| Ok(repo.insert(User::changeset(Changeset::new(), [("name", "x")]))?));
    assert!(matches!(invalid, Err(Refusal::Invalid)));
    let failed = stage.repo.transaction(|repo| Ok::<_, Refusal>(repo.fetch::<User>(-1)?));
    assert!(matches!(failed, Err(Refusal::Database(error)) if error.is_not_found()));
    assert_eq!(count(&stage.repo)?, 0);
    Ok(())
}

fn a_transaction_that_only_reads(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let read = stage.repo.with(|o| o.read_only());
    assert_eq!(read.transaction(count)?, 0);
    assert!(read.transaction(|repo| Ok::<_, Error>(repo.insert(new_user("Al"))?)).is_err());
    assert_eq!(count(&stage.repo)?, 0);
    Ok(())
}

fn a_transaction_as_if_alone(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    stage.repo.with(|o| o.serializable()).transaction(|repo| {
        assert_eq!(count(repo)?, 0);
        Ok::<_, Error>(repo.insert(new_user("Al"))?)
    })?;
    assert_eq!(count(&stage.repo)?, 1);
    Ok(())
}
