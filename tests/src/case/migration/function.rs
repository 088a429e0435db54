//! What of a migration is more than a change of structure: functions of the application, and what stands at both ends of its transaction.

use std::sync::atomic::{AtomicUsize, Ordering};

use ecto_core::migration::Direction;
use ecto_core::prelude::*;

use super::{count, last_undone, list, make_users, run};
use crate::Stage;
use crate::case::{Case, Outcome, case};

pub(in crate::case) const CASES: &[Case] = &[
    case!(a_function_works_in_the_transaction_of_its_migration, ["G-02", "G-07", "G-23"]),
    case!(a_function_that_fails_undoes_the_migration, ["G-02", "H-07"]),
    case!(what_a_function_swallows_is_not_committed, ["G-02"]),
    case!(a_function_may_nest_transactions, ["G-02"]),
    case!(a_function_without_a_way_back_is_named, ["G-04"]),
    case!(what_is_flushed_is_done_before_what_follows, ["G-03"]),
    case!(both_ends_of_the_transaction_have_their_hooks, ["G-05"]),
    case!(a_migration_knows_which_way_it_goes, ["G-07"]),
    case!(a_folder_is_compiled_in, ["H-03"]),
];

fn a_function_works_in_the_transaction_of_its_migration(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [make_users, |m| {
        m.alter_table("users", |t| _ = t.add("nick", Type::String));
        m.run_both(
            |repo| {
                assert!(repo.in_transaction());
                repo.query("INSERT INTO users (name, nick) VALUES ('Al', 'a')", ()).map(drop)
            },
            |repo| repo.query("DELETE FROM users WHERE nick = 'a'", ()).map(drop),
        );
        m.execute_both("UPDATE users SET age = 7", "");
    }];
    run(stage, &changes)?;
    assert_eq!(count(stage, "SELECT CAST(count(*) AS bigint) FROM users WHERE nick = 'a' AND age = 7")?, 1);
    last_undone(stage, &changes)?;
    assert_eq!(count(stage, "SELECT CAST(count(*) AS bigint) FROM users")?, 0);
    Ok(())
}

fn a_function_that_fails_undoes_the_migration(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [make_users, |m| {
        m.execute("INSERT INTO users (name) VALUES ('Al')");
        m.run(|repo| repo.query("SELECT nothing FROM nowhere", ()).map(drop));
    }];
    run(stage, &changes[..1])?;
    let error = stage.repo.migrate(&list(&changes)).unwrap_err();
    assert!(error.message().starts_with("migration 2 m2: run the function at "), "{error}");
    assert!(error.message().contains("function.rs:"), "{error}");
    assert_eq!(count(stage, "SELECT CAST(count(*) AS bigint) FROM users")?, 0);
    run(stage, &changes[..1])
}

fn what_a_function_swallows_is_not_committed(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [make_users, |m| {
        m.run(|repo| {
            let _ = repo.query("SELECT nothing FROM nowhere", ());
            Ok(())
        });
    }];
    run(stage, &changes[..1])?;
    assert!(stage.repo.migrate(&list(&changes)).is_err());
    assert_eq!(count(stage, "SELECT CAST(count(*) AS bigint) FROM schema_migrations")?, 1);
    Ok(())
}

fn a_function_may_nest_transactions(stage: &Stage) -> Outcome {
    run(
        stage,
        &[make_users, |m| {
            m.run(|repo| {
                let refused: Result<(), Error> = repo.transaction(|inner| {
                    inner.query("INSERT INTO users (name) VALUES ('Bo')", ())?;
                    inner.query("SELECT nothing FROM nowhere", ()).map(drop)
                });
                assert!(refused.is_err());
                repo.transaction(|inner| inner.query("INSERT INTO users (name) VALUES ('Al')", ()).map(drop))
            });
        }],
    )?;
    assert_eq!(count(stage, "SELECT CAST(count(*) AS bigint) FROM users")?, 1);
    Ok(())
}

fn a_function_without_a_way_back_is_named(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 1] = [|m| m.run(|_| Ok(()))];
    run(stage, &changes)?;
    let error = last_undone(stage, &changes).unwrap_err();
    assert!(error.to_string().contains("function.rs:"), "{error}");
    assert!(error.to_string().contains("run_both"), "{error}");
    Ok(())
}

fn what_is_flushed_is_done_before_what_follows(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 1] = [|m| {
        make_users(m);
        m.alter_table("users", |t| _ = t.add("nick", Type::String));
        m.flush();
        m.alter_table("users", |t| _ = t.add("mail", Type::String));
    }];
    run(stage, &changes)?;
    stage.repo.query("INSERT INTO users (nick, mail) VALUES ('a', 'b')", ())?;
    last_undone(stage, &changes)
}

/// Notes when it was called.
struct Hooked;

impl Migration for Hooked {
    fn change(&self, m: &mut Change) {
        m.execute_both("INSERT INTO notes (note) SELECT 'change' WHERE (SELECT count(*) FROM notes) = 1", "");
    }

    fn after_begin(&self, m: &mut Change) {
        m.execute("INSERT INTO notes (note) VALUES ('begun')");
    }

    fn before_commit(&self, m: &mut Change) {
        m.execute("INSERT INTO notes (note) SELECT 'ends' WHERE (SELECT count(*) FROM notes) > 0");
    }
}

fn both_ends_of_the_transaction_have_their_hooks(stage: &Stage) -> Outcome {
    let notes: fn(&mut Change) = |m| m.create_table("notes", |t| _ = t.add("note", Type::String));
    let all = list(&[notes]).add(2, "hooked", Hooked);
    stage.repo.migrate(&all)?;
    let said = |stage: &Stage| stage.repo.query("SELECT note FROM notes ORDER BY id", ())?.load::<String>();
    assert_eq!(said(stage)?, ["begun", "change", "ends"]);
    stage.repo.query("DELETE FROM notes", ())?;
    stage.repo.rollback(&all, Until::Steps(1))?;
    assert_eq!(said(stage)?, ["begun", "ends"]);
    Ok(())
}

static BACK: AtomicUsize = AtomicUsize::new(0);

fn a_migration_knows_which_way_it_goes(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 1] = [|m| {
        make_users(m);
        if m.direction() == Direction::Down {
            BACK.fetch_add(1, Ordering::SeqCst);
        }
    }];
    run(stage, &changes)?;
    let before = BACK.load(Ordering::SeqCst);
    last_undone(stage, &changes)?;
    assert!(BACK.load(Ordering::SeqCst) > before);
    Ok(())
}

fn a_folder_is_compiled_in(stage: &Stage) -> Outcome {
    let all = embed_migrations!("tests/embedded");
    assert_eq!(stage.repo.migrate(&all)?, [1, 2, 3]);
    stage.repo.query("INSERT INTO users (id, name, email) VALUES (1, 'Al', 'a')", ())?;
    assert!(stage.repo.query("INSERT INTO users (id, name) VALUES (2, 'Al')", ()).unwrap_err().is_unique_violation());
    assert_eq!(stage.repo.rollback(&all, Until::All)?, [3, 2, 1]);
    assert!(super::is_refused(stage, "SELECT 1 FROM users"));
    Ok(())
}
