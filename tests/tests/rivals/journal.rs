//! Migrations without a transaction, and what a partial run leaves.

use ecto_core::migration::{Change, Event, Migrations, Migrator, State};
use ecto_tests::Stage;
use ecto_tests::case;
use ecto_tests::case::{Case, Outcome};

use super::lists::{self, Written, stepwise, whole};

pub const CASES: &[Case] = &[
    case!(a_failed_step_may_be_mended, []),
    case!(what_was_done_may_not_be_edited, []),
    case!(a_step_in_doubt_is_redone_if_someone_says_so, []),
    case!(what_may_be_repeated_is_repeated, []),
    case!(a_way_back_is_resumed, []),
    case!(versions_are_marked_by_hand, []),
    case!(a_version_that_cannot_be_recorded_undoes_its_migration, []),
    case!(a_version_that_cannot_be_recorded_leaves_no_step_in_doubt, []),
    case!(an_invalid_index_is_not_taken_for_a_good_one, [], with prefixes),
    case!(another_index_of_that_name_is_in_doubt, [], with prefixes),
    case!(several_statements_of_a_file_run_concurrently, [], with prefixes),
    case!(a_half_rebuilt_index_is_cleared_away, [], with prefixes),
];

/// Three steps, of which the last is as given.
fn three(first: &'static str, last: &'static str) -> Migrations {
    Migrations::new().add(1, "ran", whole(|m| m.create_table("ran", |t| _ = t.add("version", ecto_core::ddl::Type::BigInteger)))).add(
        2,
        "three",
        stepwise(move |m| {
            m.execute_both(first, "DELETE FROM ran WHERE version = 1");
            m.create_table("logs", |_| {});
            m.execute_both(last, "DELETE FROM ran WHERE version = 3");
        }),
    )
}

const ONE: &str = "INSERT INTO ran (version) VALUES (1)";
const THREE: &str = "INSERT INTO ran (version) VALUES (3)";

fn a_failed_step_may_be_mended(stage: &Stage) -> Outcome {
    let error = lists::up(stage, &three(ONE, "BROKEN")).unwrap_err();
    assert!(error.message().contains("migration 2 three"), "{error}");
    let (adapter, mended) = (lists::adapter(&stage.url), three(ONE, THREE));
    assert_eq!(Migrator::new(&adapter, &mended).status()?[1].state, State::Partial { done: 2, of: 3 });
    let mut resumed = None;
    let ran = lists::up_telling(stage, &mended, &mut |event| {
        if let Event::Resumed { version, done, of } = event {
            resumed = Some((version, done, of));
        }
    });
    assert_eq!((ran?, resumed), (vec![2], Some((2, 2, 3))));
    assert_eq!(lists::ran(stage), [1, 3]);
    Ok(())
}

fn what_was_done_may_not_be_edited(stage: &Stage) -> Outcome {
    assert!(lists::up(stage, &three(ONE, "BROKEN")).is_err());
    let error = lists::up(stage, &three("INSERT INTO ran (version) VALUES (100)", THREE)).unwrap_err();
    assert!(error.is_inconsistent() && error.message().contains("edited after a partial run: step 1"), "{error}");
    assert_eq!(lists::ran(stage), [1]);
    assert_eq!(lists::up(stage, &three(ONE, THREE))?, [2]);
    Ok(())
}

/// As a run that was killed in the last step leaves it.
fn in_doubt(stage: &Stage) -> Outcome {
    assert!(lists::up(stage, &three(ONE, "BROKEN")).is_err());
    assert!(lists::up(stage, &three(ONE, THREE.trim_end_matches(')'))).is_err());
    stage.repo.query("UPDATE schema_migration_steps SET state = 'started' WHERE step = 3", ())?;
    Ok(())
}

fn a_step_in_doubt_is_redone_if_someone_says_so(stage: &Stage) -> Outcome {
    in_doubt(stage)?;
    let (adapter, migrations) = (lists::adapter(&stage.url), three(ONE, THREE.trim_end_matches(')')));
    let error = lists::up(stage, &migrations).unwrap_err();
    assert!(error.is_half_done() && error.message().contains("step 3 of 3"), "{error}");
    let migrator = Migrator::new(&adapter, &migrations);
    assert!(migrator.step_redo(2, 9, &mut |_| {}).unwrap_err().message().contains("nothing is noted of step 9"));
    migrator.step_redo(2, 3, &mut |_| {})?;
    assert_eq!(lists::up(stage, &three(ONE, THREE))?, [2]);
    assert_eq!(lists::ran(stage), [1, 3]);
    Ok(())
}

fn what_may_be_repeated_is_repeated(stage: &Stage) -> Outcome {
    lists::up(stage, &three(ONE, THREE))?;
    let list = |sql: &'static str| {
        let options = ecto_core::migration::MigrationOptions::new().transaction(false).retry(true);
        Migrations::new().add(4, "again", Written(move |m: &mut Change| m.execute(sql), options))
    };
    assert!(lists::up(stage, &list("DELETE FROM nowhere")).is_err());
    stage.repo.query("UPDATE schema_migration_steps SET state = 'started'", ())?;
    stage.repo.query("CREATE TABLE nowhere (x {integer})".replace("{integer}", "integer").as_str(), ())?;
    assert_eq!(lists::up(stage, &list("DELETE FROM nowhere"))?, [4]);
    Ok(())
}

fn a_way_back_is_resumed(stage: &Stage) -> Outcome {
    use ecto_core::migration::Until;
    lists::up(stage, &three(ONE, THREE))?;
    stage.repo.query("ALTER TABLE logs RENAME TO hidden", ())?;
    assert!(stage.repo.rollback(&three(ONE, THREE), Until::Steps(1)).is_err());
    assert_eq!((lists::recorded(stage), lists::ran(stage)), (vec![1, 2], vec![1]));
    stage.repo.query("ALTER TABLE hidden RENAME TO logs", ())?;
    // A second time, the first step back would be seen here.
    stage.repo.query(THREE, ())?;
    assert_eq!(stage.repo.rollback(&three(ONE, THREE), Until::Steps(1))?, [2]);
    assert_eq!((lists::recorded(stage), lists::ran(stage)), (vec![1], vec![3]));
    Ok(())
}

fn versions_are_marked_by_hand(stage: &Stage) -> Outcome {
    let (adapter, migrations) = (lists::adapter(&stage.url), three(ONE, THREE));
    let migrator = Migrator::new(&adapter, &migrations);
    assert!(!migrator.mark_pending(2, &mut |_| {})?);
    assert!(lists::up(stage, &three(ONE, "BROKEN")).is_err());
    assert!(migrator.mark_applied(2, &mut |_| {})?);
    assert!(!migrator.mark_applied(2, &mut |_| {})?);
    assert_eq!(lists::numbers(stage, "SELECT count(*) FROM schema_migration_steps"), [0]);
    assert!(lists::up(stage, &migrations)?.is_empty());
    assert!(migrator.mark_pending(2, &mut |_| {})?);
    assert_eq!(lists::recorded(stage), [1]);
    Ok(())
}

/// As Ecto's own, but for the check: a version from 2 on is refused when it is recorded.
fn refuse_versions(stage: &Stage) {
    let words = [("bigint", "timestamp"), ("INTEGER", "TEXT")][usize::from(!stage.capabilities().prefixes)];
    let sql = format!("CREATE TABLE schema_migrations (version {} PRIMARY KEY CHECK (version < 2), inserted_at {})", words.0, words.1);
    stage.repo.query(&sql, ()).unwrap();
}

fn take_versions(stage: &Stage) {
    let rows = "SELECT CAST(version AS bigint) AS version, inserted_at FROM schema_migrations";
    for sql in ["CREATE TABLE kept AS {rows}", "DROP TABLE schema_migrations", "ALTER TABLE kept RENAME TO schema_migrations"] {
        stage.repo.query(&sql.replace("{rows}", rows), ()).unwrap();
    }
}

/// Where the statements and the version are two transactions, the first stays, and every later run fails at `already exists`.
fn a_version_that_cannot_be_recorded_undoes_its_migration(stage: &Stage) -> Outcome {
    refuse_versions(stage);
    assert!(lists::up(stage, &lists::five()).unwrap_err().is_check_violation());
    assert_eq!((lists::recorded(stage), lists::ran(stage)), (vec![1], vec![]));
    assert!(stage.repo.query("SELECT 1 FROM t2", ()).is_err());
    take_versions(stage);
    assert_eq!(lists::up(stage, &lists::five())?, [2, 3, 4, 5]);
    assert_eq!(lists::ran(stage), [2, 3, 4, 5]);
    Ok(())
}

fn a_version_that_cannot_be_recorded_leaves_no_step_in_doubt(stage: &Stage) -> Outcome {
    refuse_versions(stage);
    assert!(lists::up(stage, &three(ONE, THREE)).unwrap_err().is_check_violation());
    assert_eq!((lists::recorded(stage), lists::ran(stage)), (vec![1], vec![1, 3]));
    take_versions(stage);
    assert_eq!(lists::up(stage, &three(ONE, THREE))?, [2]);
    assert_eq!(lists::ran(stage), [1, 3]);
    assert_eq!(lists::numbers(stage, "SELECT count(*) FROM schema_migration_steps"), [0]);
    Ok(())
}

fn make_index(m: &mut Change) {
    m.create_unique_index("users", ["name"]).name("users_by_name").conditionally().concurrently();
}

/// PostgreSQL says `already exists, skipping`, and the index stays as useless as it was.
fn an_invalid_index_is_not_taken_for_a_good_one(stage: &Stage) -> Outcome {
    stage.repo.query("CREATE TABLE users (name text)", ())?;
    stage.repo.query("INSERT INTO users VALUES ('Al'), ('Al')", ())?;
    let migrations = Migrations::new().add(1, "index", stepwise(make_index));
    assert!(lists::up(stage, &migrations).unwrap_err().is_unique_violation());
    assert_eq!(super::crash::valid_indexes(stage), [0]);
    stage.repo.query("DELETE FROM users", ())?;
    assert_eq!(lists::up(stage, &migrations)?, [1]);
    assert_eq!(super::crash::valid_indexes(stage), [1]);
    // Also one of which no run knows anything; and where it is made in a transaction.
    for (version, concurrently) in [(2, true), (3, false)] {
        stage.repo.query("DROP INDEX users_by_name", ())?;
        stage.repo.query("INSERT INTO users VALUES ('Al'), ('Al')", ())?;
        assert!(stage.repo.query("CREATE UNIQUE INDEX CONCURRENTLY users_by_name ON users (name)", ()).is_err());
        stage.repo.query("DELETE FROM users", ())?;
        let again = match concurrently {
            true => Migrations::new().add(version, "again", stepwise(make_index)),
            false => Migrations::new().add(
                version,
                "once_more",
                whole(|m| _ = m.create_unique_index("users", ["name"]).name("users_by_name").conditionally()),
            ),
        };
        assert_eq!(lists::up(stage, &again)?, [version]);
        assert_eq!(super::crash::valid_indexes(stage), [1]);
    }
    Ok(())
}

fn another_index_of_that_name_is_in_doubt(stage: &Stage) -> Outcome {
    stage.repo.query("CREATE TABLE users (name text, age integer)", ())?;
    let migrations = Migrations::new().add(
        1,
        "index",
        stepwise(|m| {
            m.create_index("users", ["name"]).name("users_by_name").concurrently();
            m.execute("BROKEN");
        }),
    );
    assert!(lists::up(stage, &migrations).is_err());
    stage.repo.query("UPDATE schema_migration_steps SET state = 'started' WHERE step = 1", ())?;
    let definition = "SELECT 1 FROM pg_indexes WHERE indexname = 'users_by_name' AND indexdef LIKE '%(name)'";
    assert_eq!(stage.repo.query(definition, ())?.load::<i32>()?, [1]);
    // The same definition is found done, and only the broken statement fails.
    assert!(lists::up(stage, &migrations).unwrap_err().message().contains("BROKEN"));
    stage.repo.query("DROP INDEX users_by_name", ())?;
    stage.repo.query("CREATE INDEX users_by_name ON users (age)", ())?;
    stage.repo.query("UPDATE schema_migration_steps SET state = 'started' WHERE step = 1", ())?;
    assert!(lists::up(stage, &migrations).unwrap_err().is_half_done());
    Ok(())
}

/// Sent as one text, as sqlx and diesel do, they would be one transaction, which refuses them.
fn several_statements_of_a_file_run_concurrently(stage: &Stage) -> Outcome {
    stage.repo.query("CREATE TABLE users (name text, age integer)", ())?;
    let folder = tempfile::tempdir()?;
    let sql = "-- ecto: transaction = off\nCREATE INDEX CONCURRENTLY a ON users (name);\nCREATE INDEX CONCURRENTLY IF NOT EXISTS b ON users (age);\n\
               REINDEX INDEX CONCURRENTLY a;\nDROP INDEX CONCURRENTLY b;\n";
    std::fs::write(folder.path().join("1_indexes.sql"), sql)?;
    let migrations = || Migrations::new().folder(folder.path());
    assert_eq!(lists::up(stage, &migrations()?)?, [1]);
    // What was written is looked into, too: whichever of them was begun last.
    for step in 1..=4 {
        stage.repo.query("DELETE FROM schema_migrations", ())?;
        stage.repo.query("DROP INDEX IF EXISTS a", ())?;
        std::fs::write(folder.path().join("1_indexes.sql"), format!("{sql}BROKEN"))?;
        assert!(lists::up(stage, &migrations()?).is_err());
        let forget = format!("DELETE FROM schema_migration_steps WHERE step > {step}");
        stage.repo.query(&forget, ())?;
        stage.repo.query(&format!("UPDATE schema_migration_steps SET state = 'started' WHERE step = {step}"), ())?;
        std::fs::write(folder.path().join("1_indexes.sql"), sql)?;
        if step == 3 {
            // The step behind it was done already, which is forgotten now.
            stage.repo.query("CREATE INDEX b ON users (age)", ())?;
        }
        assert_eq!(lists::up(stage, &migrations()?)?, [1], "step {step}");
        assert_eq!(lists::numbers(stage, "SELECT count(*) FROM pg_indexes WHERE indexname IN ('a', 'b')"), [1]);
    }
    Ok(())
}

fn a_half_rebuilt_index_is_cleared_away(stage: &Stage) -> Outcome {
    stage.repo.query("CREATE TABLE users (name text)", ())?;
    stage.repo.query("CREATE INDEX a ON users (name)", ())?;
    stage.repo.query("INSERT INTO users VALUES ('Al'), ('Al')", ())?;
    assert!(stage.repo.query("CREATE UNIQUE INDEX CONCURRENTLY a_ccnew ON users (name)", ()).is_err());
    let migrations = Migrations::new().add(1, "reindex", stepwise(|m| m.execute("REINDEX INDEX CONCURRENTLY a")));
    assert_eq!(lists::up(stage, &migrations)?, [1]);
    assert_eq!(lists::numbers(stage, "SELECT count(*) FROM pg_indexes WHERE indexname LIKE 'a%'"), [1]);
    Ok(())
}
