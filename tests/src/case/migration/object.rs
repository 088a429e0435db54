//! Constraints, views, files and prefixes.

use ecto_core::ddl::{AddConstraint, Constraint, TableName};
use ecto_core::prelude::*;

use super::{can, count, is_refused, is_server, last_undone, list, make_users, run};
use crate::Stage;
use crate::case::{Case, Outcome, case};

pub(in crate::case) const CASES: &[Case] = &[
    case!(a_constraint_comes_back, ["G-22"]),
    case!(keys_are_added_to_a_table, ["G-22", "G-49"]),
    case!(a_constraint_may_hold_for_new_rows_only, ["G-49"]),
    case!(two_rows_do_not_collide, ["G-49"]),
    case!(a_view_comes_and_goes, []),
    case!(a_file_is_sent, ["G-24"]),
    case!(a_prefix_is_made_and_dropped, [], with prefixes),
    case!(a_prefix_cannot_be_made, [], without prefixes),
];

fn a_constraint_comes_back(stage: &Stage) -> Outcome {
    let adult = || AddConstraint::new("users", "adult", Constraint::Check("age > 17".into()));
    struct Dropped(fn() -> AddConstraint);
    impl Migration for Dropped {
        fn change(&self, m: &mut Change) {
            m.drop_constraint_of((self.0)());
        }
    }
    let made: fn(&mut Change) = |m| {
        make_users(m);
        m.create_check("users", "adult", "age > 17");
    };
    let migrations = list(&[made]).add(2, "dropped", Dropped(adult));
    stage.repo.migrate(&migrations)?;
    stage.repo.query("INSERT INTO users (age) VALUES (3)", ())?;
    stage.repo.query("DELETE FROM users", ())?;
    stage.repo.rollback(&migrations, Until::Steps(1))?;
    assert!(is_refused(stage, "INSERT INTO users (age) VALUES (3)"));
    Ok(())
}

fn keys_are_added_to_a_table(stage: &Stage) -> Outcome {
    let unique: [fn(&mut Change); 2] = [make_users, |m| m.create_unique_constraint("users", "one_name", ["name"])];
    run(stage, &unique)?;
    stage.repo.query("INSERT INTO users (name) VALUES ('Al')", ())?;
    assert!(stage.repo.query("INSERT INTO users (name) VALUES ('Al')", ()).unwrap_err().is_unique_violation());
    last_undone(stage, &unique)?;
    let foreign: [fn(&mut Change); 2] = [make_users, |m| {
        m.create_table("ages", |_| {});
        m.create_foreign_key("users", "age", references("ages").on_delete(OnDelete::NilifyAll));
    }];
    run(stage, &foreign)?;
    assert!(stage.repo.query("INSERT INTO users (age) VALUES (5)", ()).unwrap_err().is_foreign_key_violation());
    last_undone(stage, &foreign)?;
    stage.repo.query("INSERT INTO users (name, age) VALUES ('Al', 5)", ())?;
    Ok(())
}

fn a_constraint_may_hold_for_new_rows_only(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 3] = [
        make_users,
        |m| m.create_constraint(AddConstraint::new("users", "adult", Constraint::Check("age > 17".into())).not_valid()),
        |m| m.validate_constraint("users", "adult"),
    ];
    run(stage, &changes[..1])?;
    stage.repo.query("INSERT INTO users (age) VALUES (3)", ())?;
    if can(stage, is_server(stage), &changes[..2])? {
        assert!(is_refused(stage, "INSERT INTO users (age) VALUES (4)"));
        assert!(stage.repo.migrate(&list(&changes)).unwrap_err().is_check_violation(), "the row that was there");
        stage.repo.query("UPDATE users SET age = 18", ())?;
        run(stage, &changes)?;
        last_undone(stage, &changes)?;
    }
    Ok(())
}

fn two_rows_do_not_collide(stage: &Stage) -> Outcome {
    let change: fn(&mut Change) = |m| {
        m.create_table("stays", |t| _ = t.add("room", Type::Integer));
        m.create_exclusion("stays", "one_at_a_time", "USING btree (room WITH =)");
    };
    if can(stage, is_server(stage), &[change])? {
        stage.repo.query("INSERT INTO stays (room) VALUES (1)", ())?;
        assert!(is_refused(stage, "INSERT INTO stays (room) VALUES (1)"));
        last_undone(stage, &[change])?;
    }
    assert!(is_refused(stage, "SELECT 1 FROM stays"));
    Ok(())
}

fn a_view_comes_and_goes(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 3] = [
        make_users,
        |m| m.create_view("adults", "SELECT name FROM users WHERE age > 17"),
        |m| m.drop_view_of("adults", "SELECT name FROM users WHERE age > 17"),
    ];
    run(stage, &changes[..2])?;
    stage.repo.query("INSERT INTO users (name, age) VALUES ('Al', 20), ('Bo', 3)", ())?;
    assert_eq!(stage.repo.query("SELECT name FROM adults", ())?.load::<String>()?, ["Al"]);
    run(stage, &changes)?;
    assert!(is_refused(stage, "SELECT name FROM adults"));
    last_undone(stage, &changes)?;
    assert_eq!(count(stage, "SELECT count(*) FROM adults")?, 1);
    last_undone(stage, &changes[..2])
}

fn a_file_is_sent(stage: &Stage) -> Outcome {
    struct Files(std::path::PathBuf);
    impl Migration for Files {
        fn change(&self, m: &mut Change) {
            m.execute_files(self.0.join("up.sql"), self.0.join("down.sql"));
        }
    }
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("up.sql"), "CREATE TABLE a (b TEXT);\nINSERT INTO a VALUES ('x;y');\n")?;
    let migrations = || Migrations::new().add(1, "files", Files(folder.path().into()));
    let error = stage.repo.migrate(&migrations()).unwrap_err();
    assert!(error.message().contains("down.sql`: "), "{error}");
    assert!(is_refused(stage, "SELECT 1 FROM a"));
    std::fs::write(folder.path().join("down.sql"), "DROP TABLE a")?;
    stage.repo.migrate(&migrations())?;
    assert_eq!(stage.repo.query("SELECT b FROM a", ())?.load::<String>()?, ["x;y"]);
    stage.repo.rollback(&migrations(), Until::All)?;
    assert!(is_refused(stage, "SELECT 1 FROM a"));
    Ok(())
}

const TENANT: fn(&mut Change) = |m| {
    m.create_prefix("tenant");
    m.create_table(TableName::new("users").prefix("tenant"), |_| {});
};

fn a_prefix_is_made_and_dropped(stage: &Stage) -> Outcome {
    run(stage, &[TENANT])?;
    assert_eq!(count(stage, "SELECT count(*) FROM tenant.users")?, 0);
    last_undone(stage, &[TENANT])?;
    assert!(is_refused(stage, "DROP SCHEMA tenant"));
    Ok(())
}

fn a_prefix_cannot_be_made(stage: &Stage) -> Outcome {
    let error = stage.repo.migrate(&list(&[|m| m.create_prefix("tenant")])).unwrap_err();
    assert!(error.is_unsupported() && error.hint().is_some(), "{error}");
    Ok(())
}
