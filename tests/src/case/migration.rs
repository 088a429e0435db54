//! Migrations: what they change, how they are undone, and what a failure leaves behind.

pub(in crate::case) mod alteration;
pub(in crate::case) mod column;
pub(in crate::case) mod function;
pub(in crate::case) mod listen;
pub(in crate::case) mod object;
pub(in crate::case) mod option;
pub(in crate::case) mod place;
pub(in crate::case) mod sql_file;
pub(in crate::case) mod word;

use ecto_core::prelude::*;

use super::{Case, Outcome, case};
use crate::Stage;

pub(super) const CASES: &[Case] = &[
    case!(tables_and_indexes_come_and_go, ["G-11", "G-18", "H-02", "H-03"]),
    case!(columns_are_added_renamed_and_removed, ["G-14", "G-15", "G-16", "G-26", "G-28", "G-52"]),
    case!(an_index_is_dropped_and_renamed_both_ways, ["G-17", "G-20"]),
    case!(conditional_operations_may_be_repeated, ["G-12", "G-19", "G-21"]),
    case!(references_delete_and_nilify, ["G-50"]),
    case!(keys_of_several_columns_are_referred_to, ["G-34", "G-50"]),
    case!(constraints_hold_and_go, ["G-22", "G-43", "G-49"]),
    case!(defaults_are_kept_as_written, ["G-32", "G-33", "G-51"]),
    case!(sizes_and_digits_are_kept, ["G-35"]),
    case!(a_column_becomes_required_and_back, ["G-30"]),
    case!(a_type_is_changed, ["G-30"]),
    case!(statements_have_a_way_back_if_they_say_so, ["G-23"]),
    case!(statements_are_sent_one_by_one, ["G-23"]),
    case!(up_and_down_are_written_by_hand, ["G-01"]),
    case!(a_failure_undoes_the_whole_migration, ["H-07"]),
    case!(rivals_run_each_migration_once, ["H-08"]),
    case!(a_prefix_holds_a_table, [], with prefixes),
    case!(a_prefix_is_refused, [], without prefixes),
];

/// A migration from a closure.
struct Written(fn(&mut Change));

impl Migration for Written {
    fn change(&self, m: &mut Change) {
        (self.0)(m);
    }
}

fn list(changes: &[fn(&mut Change)]) -> Migrations {
    let versions = (1..).zip(changes);
    versions.fold(Migrations::new(), |list, (version, change)| list.add(version, format!("m{version}"), Written(*change)))
}

/// Runs the changes and undoes the last.
fn last_undone(stage: &Stage, changes: &[fn(&mut Change)]) -> Outcome {
    stage.repo.rollback(&list(changes), Until::Steps(1))?;
    Ok(())
}

/// Runs the changes, the last one only where the database is `able` to; elsewhere that one is refused, with a way out, before anything runs.
fn can(stage: &Stage, able: bool, changes: &[fn(&mut Change)]) -> Result<bool> {
    // All that is pending is looked at before anything runs, so the last one would keep the others from running.
    stage.repo.migrate(&list(&changes[..changes.len() - 1]))?;
    let outcome = stage.repo.migrate(&list(changes));
    if able {
        return outcome.map(|_| true);
    }
    let error = outcome.expect_err("what the database lacks");
    assert!(error.is_unsupported() && error.hint().is_some(), "{error}");
    Ok(false)
}

/// Is it a server with schemas, and all that such a one has besides?
fn is_server(stage: &Stage) -> bool {
    stage.capabilities().prefixes
}

fn run(stage: &Stage, changes: &[fn(&mut Change)]) -> Outcome {
    stage.repo.migrate(&list(changes))?;
    Ok(())
}

fn count(stage: &Stage, sql: &str) -> Result<i64, Error> {
    Ok(stage.repo.query(sql, ())?.load::<i64>()?[0])
}

fn is_refused(stage: &Stage, sql: &str) -> bool {
    stage.repo.query(sql, ()).is_err()
}

fn make_users(m: &mut Change) {
    m.create_table("users", |t| {
        t.add("name", Type::String);
        t.add("age", Type::Integer);
    });
}

fn tables_and_indexes_come_and_go(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [make_users, |m| _ = m.create_unique_index("users", ["name"])];
    let migrations = list(&changes);
    assert_eq!(stage.repo.migrate(&migrations)?, [1, 2]);
    assert!(stage.repo.migrate(&migrations)?.is_empty());
    stage.repo.query("INSERT INTO users (name) VALUES ('Al')", ())?;
    assert!(stage.repo.query("INSERT INTO users (name) VALUES ('Al')", ()).unwrap_err().is_unique_violation());
    assert_eq!(stage.repo.rollback(&migrations, Until::Steps(1))?, [2]);
    stage.repo.query("INSERT INTO users (name) VALUES ('Al')", ())?;
    assert_eq!(stage.repo.rollback(&migrations, Until::All)?, [1]);
    assert!(is_refused(stage, "SELECT 1 FROM users"));
    Ok(())
}

fn columns_are_added_renamed_and_removed(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [make_users, |m| {
        m.create_table("teams", |_| {});
        m.alter_table("users", |t| {
            t.add("email", Type::String).not_null().default("none");
            t.add("team_id", references("teams"));
            t.remove_of("age", Type::Integer);
        });
        m.rename_column("users", "name", "full_name");
        m.rename_table("users", "people");
    }];
    run(stage, &changes[..1])?;
    stage.repo.query("INSERT INTO users (name, age) VALUES ('Al', 20)", ())?;
    run(stage, &changes)?;
    let rows: Vec<(String, String, Option<i64>)> = stage.repo.query("SELECT full_name, email, team_id FROM people", ())?.load()?;
    assert_eq!(rows, [("Al".into(), "none".into(), None)]);
    assert!(is_refused(stage, "INSERT INTO people (team_id) VALUES (9)"));
    last_undone(stage, &changes)?;
    let rows: Vec<(String, Option<i32>)> = stage.repo.query("SELECT name, age FROM users", ())?.load()?;
    assert_eq!(rows, [("Al".into(), None)]);
    assert!(is_refused(stage, "SELECT email FROM users"));
    Ok(())
}

fn an_index_is_dropped_and_renamed_both_ways(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 3] = [
        |m| {
            make_users(m);
            m.create_unique_index("users", ["name"]);
            m.create_index("users", ["age"]).name("old_name");
        },
        |m| _ = m.drop_index("users", ["name"]).unique(),
        |m| m.rename_index("users", ["age"], "old_name", "new_name"),
    ];
    run(stage, &changes)?;
    stage.repo.query("INSERT INTO users (name) VALUES ('Al'), ('Al')", ())?;
    assert!(is_refused(stage, "DROP INDEX old_name"));
    last_undone(stage, &changes)?;
    stage.repo.query("DELETE FROM users", ())?;
    last_undone(stage, &changes[..2])?;
    assert!(is_refused(stage, "INSERT INTO users (name) VALUES ('Al'), ('Al')"));
    stage.repo.query("DROP INDEX old_name", ())?;
    Ok(())
}

fn conditional_operations_may_be_repeated(stage: &Stage) -> Outcome {
    let twice: fn(&mut Change) = |m| {
        for _ in 0..2 {
            m.create_table_if_not_exists("users", |t| _ = t.add("name", Type::String));
            m.create_index("users", ["name"]).conditionally();
        }
    };
    let gone: fn(&mut Change) = |m| {
        for _ in 0..2 {
            m.drop_index("users", ["name"]).conditionally();
            m.drop_table_if_exists("users");
        }
    };
    run(stage, &[twice, make_after])?;
    last_undone(stage, &[twice, make_after])?;
    last_undone(stage, &[twice])?;
    assert!(is_refused(stage, "SELECT 1 FROM users"));
    run(stage, &[gone])?;
    Ok(())
}

fn make_after(m: &mut Change) {
    m.create_table("after", |_| {});
}

fn references_delete_and_nilify(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 1] = [|m| {
        m.create_table("users", |_| {});
        m.create_table("posts", |t| {
            t.add("author_id", t.references("users").on_delete(OnDelete::DeleteAll));
            t.add("editor_id", t.references("users").on_delete(OnDelete::NilifyAll));
        });
    }];
    run(stage, &changes)?;
    stage.repo.query("INSERT INTO users (id) VALUES (1), (2)", ())?;
    stage.repo.query("INSERT INTO posts (author_id, editor_id) VALUES (1, 2), (2, 1)", ())?;
    stage.repo.query("DELETE FROM users WHERE id = 2", ())?;
    let rows: Vec<(i64, Option<i64>)> = stage.repo.query("SELECT author_id, editor_id FROM posts", ())?.load()?;
    assert_eq!(rows, [(1, None)]);
    // The table that refers goes before the one that is referred to.
    last_undone(stage, &changes)
}

fn keys_of_several_columns_are_referred_to(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 1] = [|m| {
        m.create_table("orders", |t| {
            t.add("shop", Type::Integer).primary_key();
            t.add("number", Type::BigInteger).primary_key();
        });
        m.create_table("items", |t| {
            t.add("number", t.references("orders").column("number").with("shop", "shop").on_delete(OnDelete::DeleteAll));
            t.add("shop", Type::Integer);
        });
    }];
    run(stage, &changes)?;
    stage.repo.query("INSERT INTO orders (shop, number) VALUES (1, 7), (2, 7)", ())?;
    stage.repo.query("INSERT INTO items (number, shop) VALUES (7, 1), (7, 2)", ())?;
    assert!(stage.repo.query("INSERT INTO items (number, shop) VALUES (7, 3)", ()).unwrap_err().is_foreign_key_violation());
    stage.repo.query("DELETE FROM orders WHERE shop = 1", ())?;
    assert_eq!(count(stage, "SELECT count(*) FROM items")?, 1);
    last_undone(stage, &changes)
}

fn constraints_hold_and_go(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [
        |m| {
            m.create_table("users", |t| {
                t.add("age", Type::Integer).check("adult", "age > 17");
                t.add("shoes", Type::Integer);
            });
        },
        |m| m.create_check("users", "even", "shoes % 2 = 0"),
    ];
    run(stage, &changes)?;
    for sql in ["INSERT INTO users (age) VALUES (17)", "INSERT INTO users (shoes) VALUES (3)"] {
        assert!(stage.repo.query(sql, ()).unwrap_err().is_check_violation());
    }
    last_undone(stage, &changes)?;
    stage.repo.query("INSERT INTO users (age, shoes) VALUES (18, 3)", ())?;
    // The row that is there does not meet it.
    assert!(stage.repo.migrate(&list(&changes)).is_err());
    Ok(())
}

fn defaults_are_kept_as_written(stage: &Stage) -> Outcome {
    run(
        stage,
        &[|m| {
            m.create_table("things", |t| {
                t.add("text", Type::Text).default("it's \"so\" \\n");
                t.add("flag", Type::Boolean).not_null().default(true);
                t.add("number", Type::Integer).default(-3);
                t.add("sum", Type::Integer).default_sql("1 + 1");
                t.add("empty", Type::Text).no_default();
                t.add("price", Type::Decimal).precision(10).scale(2).default("1.50");
            });
        }],
    )?;
    stage.repo.query("INSERT INTO things (id) VALUES (1)", ())?;
    let sql = "SELECT text, flag, number, sum, empty, CAST(price AS text) FROM things";
    let rows: Vec<(String, bool, i32, i32, Option<String>, String)> = stage.repo.query(sql, ())?.load()?;
    assert_eq!(rows, [("it's \"so\" \\n".into(), true, -3, 2, None, "1.50".into())]);
    assert!(is_refused(stage, "INSERT INTO things (flag) VALUES (NULL)"));
    Ok(())
}

fn sizes_and_digits_are_kept(stage: &Stage) -> Outcome {
    run(stage, &[|m| m.create_table("things", |t| _ = t.add("code", Type::String).size(3))])?;
    stage.repo.query("INSERT INTO things (code) VALUES ('äöü')", ())?;
    assert!(is_refused(stage, "INSERT INTO things (code) VALUES ('abcd')"));
    Ok(())
}

fn a_column_becomes_required_and_back(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [make_users, |m| {
        m.alter_table("users", |t| {
            t.modify("age", Type::Integer).not_null().from_with(Type::Integer, |was| _ = was.nullable());
        });
    }];
    run(stage, &changes)?;
    assert!(is_refused(stage, "INSERT INTO users (age) VALUES (NULL)"));
    last_undone(stage, &changes)?;
    stage.repo.query("INSERT INTO users (age) VALUES (NULL)", ())?;
    Ok(())
}

/// There and back with its row.
fn a_type_is_changed(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] =
        [make_users, |m| m.alter_table("users", |t| _ = t.modify("age", Type::BigInteger).default(0).from(Type::Integer))];
    run(stage, &changes[..1])?;
    stage.repo.query("INSERT INTO users (age) VALUES (20)", ())?;
    run(stage, &changes)?;
    stage.repo.query("INSERT INTO users (name) VALUES ('Bo')", ())?;
    assert_eq!(stage.repo.query("SELECT age FROM users ORDER BY id", ())?.load::<i64>()?, [20, 0]);
    last_undone(stage, &changes)?;
    assert_eq!(stage.repo.query("SELECT age FROM users ORDER BY id LIMIT 1", ())?.load::<i32>()?, [20]);
    Ok(())
}

fn statements_have_a_way_back_if_they_say_so(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 3] = [
        make_users,
        |m| m.execute_both("INSERT INTO users (name) VALUES ('a;b'); INSERT INTO users (name) VALUES ('c')", "DELETE FROM users"),
        |m| m.execute("UPDATE users SET age = 1"),
    ];
    run(stage, &changes)?;
    assert_eq!(count(stage, "SELECT count(*) FROM users WHERE age = 1")?, 2);
    let error = stage.repo.rollback(&list(&changes), Until::All).unwrap_err();
    assert!(error.message().contains("cannot be undone"), "{error}");
    assert_eq!(count(stage, "SELECT count(*) FROM users")?, 2);
    Ok(())
}

/// So a `COMMIT` among them is seen before anything is sent.
fn statements_are_sent_one_by_one(stage: &Stage) -> Outcome {
    let error = stage.repo.migrate(&list(&[make_users, |m| m.execute("INSERT INTO users (name) VALUES ('x'); COMMIT")])).unwrap_err();
    assert!(error.message().contains("`COMMIT` would end the transaction"), "{error}");
    assert!(is_refused(stage, "SELECT 1 FROM users"), "found before the first one ran");
    Ok(())
}

fn up_and_down_are_written_by_hand(stage: &Stage) -> Outcome {
    struct ByHand;
    impl Migration for ByHand {
        fn up(&self, m: &mut Change) {
            m.execute("CREATE TABLE by_hand (id INTEGER)");
        }
        fn down(&self, m: &mut Change) {
            m.drop_table("by_hand");
        }
    }
    let migrations = Migrations::new().add(1, "by_hand", ByHand);
    stage.repo.migrate(&migrations)?;
    assert_eq!(count(stage, "SELECT count(*) FROM by_hand")?, 0);
    stage.repo.rollback(&migrations, Until::All)?;
    assert!(is_refused(stage, "SELECT 1 FROM by_hand"));
    Ok(())
}

fn a_failure_undoes_the_whole_migration(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 3] = [
        make_users,
        |m| {
            m.create_table("half", |_| {});
            m.execute("INSERT INTO nowhere VALUES (1)");
        },
        make_after,
    ];
    let error = stage.repo.migrate(&list(&changes)).unwrap_err();
    assert!(error.message().starts_with("migration 2 m2: execute `INSERT INTO nowhere VALUES (1)`: "), "{error}");
    assert!(is_refused(stage, "SELECT 1 FROM half") && is_refused(stage, "SELECT 1 FROM after"));
    assert_eq!(stage.repo.query("SELECT version FROM schema_migrations", ())?.load::<i64>()?, [1]);
    Ok(())
}

/// Several at once: each migration runs in one of them, and none of them fails.
fn rivals_run_each_migration_once(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 3] = [make_users, make_after, |m| m.execute_both("INSERT INTO users (name) VALUES ('once')", "")];
    let ran = std::thread::scope(|scope| {
        let rivals: Vec<_> = (0..4).map(|_| scope.spawn(|| stage.repo.migrate(&list(&changes)))).collect();
        rivals.into_iter().map(|rival| rival.join().expect("no panic")).collect::<Result<Vec<_>, _>>()
    })?;
    let mut versions = ran.concat();
    versions.sort_unstable();
    assert_eq!(versions, [1, 2, 3]);
    assert_eq!(count(stage, "SELECT count(*) FROM users")?, 1);
    Ok(())
}

fn in_prefix(m: &mut Change) {
    m.create_table(ecto_core::ddl::TableName::new("users").prefix("tenant"), |_| {});
}

fn a_prefix_holds_a_table(stage: &Stage) -> Outcome {
    run(stage, &[|m| m.execute_both("CREATE SCHEMA tenant", "DROP SCHEMA tenant"), in_prefix])?;
    assert_eq!(count(stage, "SELECT count(*) FROM tenant.users")?, 0);
    stage.repo.rollback(&list(&[|m| m.execute_both("CREATE SCHEMA tenant", "DROP SCHEMA tenant"), in_prefix]), Until::All)?;
    Ok(())
}

fn a_prefix_is_refused(stage: &Stage) -> Outcome {
    let error = stage.repo.migrate(&list(&[in_prefix])).unwrap_err();
    assert!(error.is_unsupported(), "{error}");
    Ok(())
}
