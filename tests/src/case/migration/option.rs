//! What is said of columns, references, indexes and constraints besides their names.
//!
//! What only some databases can do is either done, or refused with a way out before anything runs.

use ecto_core::ddl::{AddConstraint, Constraint, Nulls, Order, TableName};
use ecto_core::prelude::*;

use super::{count, is_refused, last_undone, list, make_users, run};
use crate::Stage;
use crate::case::{Case, Outcome, case};

pub(in crate::case) const CASES: &[Case] = &[
    case!(a_key_of_several_columns_is_whole_or_null, ["G-50"]),
    case!(a_reference_may_wait_for_the_commit, ["G-50"]),
    case!(a_reference_falls_back_to_its_default, ["G-50"]),
    case!(some_columns_of_a_reference_become_null, ["G-50"]),
    case!(two_nulls_are_the_same_in_an_index, ["G-46"]),
    case!(an_index_carries_columns_along, ["G-46"]),
    case!(an_index_is_made_without_blocking, ["G-46", "G-48"]),
    case!(an_index_sorts_nulls, ["G-46"]),
    case!(an_index_is_renamed_by_its_name_alone, ["G-17"]),
    case!(an_enum_takes_its_values_only, []),
    case!(values_of_an_enum_change, []),
    case!(a_generated_column_follows, ["G-39"]),
    case!(an_identity_counts, ["G-40"]),
    case!(a_collation_compares, ["G-38"]),
    case!(remarks_do_no_harm, ["G-37"]),
    case!(an_ambiguous_type_is_refused, ["G-09"]),
    case!(rows_are_filled_before_a_column_is_required, ["G-30"]),
    case!(a_constraint_comes_back, ["G-22"]),
    case!(keys_are_added_to_a_table, ["G-22", "G-49"]),
    case!(a_constraint_may_hold_for_new_rows_only, ["G-49"]),
    case!(two_rows_do_not_collide, ["G-49"]),
    case!(a_view_comes_and_goes, []),
    case!(a_file_is_sent, ["G-24"]),
    case!(a_prefix_is_made_and_dropped, [], with prefixes),
    case!(a_prefix_cannot_be_made, [], without prefixes),
];

/// Runs the changes; `false` if the database lacks what the last one asks for, and says what to do instead.
fn can(stage: &Stage, changes: &[fn(&mut Change)]) -> Result<bool> {
    // All that is pending is written before anything runs, so the last one would keep the others from running.
    stage.repo.migrate(&list(&changes[..changes.len() - 1]))?;
    match stage.repo.migrate(&list(changes)) {
        Ok(_) => Ok(true),
        Err(error) if error.is_unsupported() && error.hint().is_some() => Ok(false),
        Err(error) => Err(error),
    }
}

fn a_key_of_several_columns_is_whole_or_null(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 1] = [|m| {
        m.create_table("places", |t| {
            for name in ["country", "city", "street"] {
                t.add(name, Type::Integer).primary_key();
            }
        });
        m.create_table("people", |t| {
            let place = t.references("places").column("country").of_type(Type::Integer);
            t.add("country", place.with("city", "city").with("street", "street").match_full().on_delete(OnDelete::NilifyAll));
            t.add("city", Type::Integer);
            t.add("street", Type::Integer);
        });
    }];
    run(stage, &changes)?;
    stage.repo.query("INSERT INTO places VALUES (1, 2, 3)", ())?;
    stage.repo.query("INSERT INTO people (country, city, street) VALUES (1, 2, 3), (NULL, NULL, NULL)", ())?;
    assert!(is_refused(stage, "INSERT INTO people (country, city) VALUES (1, 2)"), "half a key");
    assert!(stage.repo.query("INSERT INTO people (country, city, street) VALUES (1, 2, 4)", ()).unwrap_err().is_foreign_key_violation());
    stage.repo.query("DELETE FROM places", ())?;
    assert_eq!(count(stage, "SELECT count(*) FROM people WHERE street IS NULL")?, 2);
    last_undone(stage, &changes)
}

fn a_reference_may_wait_for_the_commit(stage: &Stage) -> Outcome {
    run(
        stage,
        &[|m| {
            m.create_table("users", |_| {});
            m.create_table("posts", |t| _ = t.add("author_id", t.references("users").deferrable(Deferrable::Deferred)));
            m.create_table("notes", |t| _ = t.add("author_id", t.references("users")));
        }],
    )?;
    stage.repo.transaction(|repo| {
        repo.query("INSERT INTO posts (author_id) VALUES (7)", ())?;
        repo.query("INSERT INTO users (id) VALUES (7)", ())
    })?;
    let never = stage.repo.transaction(|repo| repo.query("INSERT INTO posts (author_id) VALUES (8)", ()));
    assert!(never.unwrap_err().is_foreign_key_violation());
    let at_once = stage.repo.transaction(|repo| {
        repo.query("INSERT INTO notes (author_id) VALUES (9)", ())?;
        repo.query("INSERT INTO users (id) VALUES (9)", ())
    });
    assert!(at_once.unwrap_err().is_foreign_key_violation());
    assert_eq!(count(stage, "SELECT count(*) FROM posts")?, 1);
    Ok(())
}

fn a_reference_falls_back_to_its_default(stage: &Stage) -> Outcome {
    run(
        stage,
        &[|m| {
            m.create_table("users", |_| {});
            m.create_table("posts", |t| {
                let author = t.references("users").on_delete(OnDelete::DefaultAll).on_update(OnUpdate::UpdateAll);
                t.add("author_id", author).default(1);
            });
        }],
    )?;
    stage.repo.query("INSERT INTO users (id) VALUES (1), (2), (3)", ())?;
    stage.repo.query("INSERT INTO posts (author_id) VALUES (2), (3)", ())?;
    stage.repo.query("DELETE FROM users WHERE id = 2", ())?;
    stage.repo.query("UPDATE users SET id = 4 WHERE id = 3", ())?;
    assert_eq!(stage.repo.query("SELECT author_id FROM posts ORDER BY id", ())?.load::<i64>()?, [1, 4]);
    Ok(())
}

fn some_columns_of_a_reference_become_null(stage: &Stage) -> Outcome {
    let change: fn(&mut Change) = |m| {
        m.create_table("orders", |t| {
            t.add("shop", Type::Integer).primary_key();
            t.add("number", Type::BigInteger).primary_key();
        });
        m.create_table("items", |t| {
            let order = t.references("orders").column("number").with("shop", "shop");
            t.add("number", order.on_delete(OnDelete::Nilify(vec!["number".into()])));
            t.add("shop", Type::Integer);
        });
    };
    if can(stage, &[change])? {
        stage.repo.query("INSERT INTO orders (shop, number) VALUES (1, 7)", ())?;
        stage.repo.query("INSERT INTO items (number, shop) VALUES (7, 1)", ())?;
        stage.repo.query("DELETE FROM orders", ())?;
        let rows: Vec<(Option<i64>, i32)> = stage.repo.query("SELECT number, shop FROM items", ())?.load()?;
        assert_eq!(rows, [(None, 1)]);
    }
    Ok(())
}

fn two_nulls_are_the_same_in_an_index(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [make_users, |m| _ = m.create_unique_index("users", ["name", "age"]).nulls_distinct(false)];
    run(stage, &changes)?;
    stage.repo.query("INSERT INTO users (name, age) VALUES ('Al', NULL), ('Al', 0), (NULL, 0), (NULL, NULL), ('', 0)", ())?;
    for values in ["('Al', NULL)", "('Al', 0)", "(NULL, 0)", "(NULL, NULL)"] {
        let again = stage.repo.query(&format!("INSERT INTO users (name, age) VALUES {values}"), ());
        assert!(again.unwrap_err().is_unique_violation(), "{values}");
    }
    last_undone(stage, &changes)?;
    stage.repo.query("INSERT INTO users (name, age) VALUES ('Al', NULL)", ())?;
    run(stage, &[make_users])?;
    stage.repo.query("DELETE FROM users", ())?;
    let usual: [fn(&mut Change); 2] = [make_users, |m| _ = m.create_unique_index("users", ["age"]).nulls_distinct(true)];
    run(stage, &usual)?;
    stage.repo.query("INSERT INTO users (age) VALUES (NULL), (NULL)", ())?;
    Ok(())
}

fn an_index_carries_columns_along(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [make_users, |m| _ = m.create_index("users", ["name"]).include(["age"]).using("btree")];
    run(stage, &changes)?;
    last_undone(stage, &changes)?;
    assert!(is_refused(stage, "DROP INDEX users_name_index"));
    let unique: [fn(&mut Change); 2] = [make_users, |m| _ = m.create_unique_index("users", ["name"]).include(["age"])];
    if can(stage, &unique)? {
        stage.repo.query("INSERT INTO users (name, age) VALUES ('Al', 1)", ())?;
        assert!(is_refused(stage, "INSERT INTO users (name, age) VALUES ('Al', 2)"));
    }
    Ok(())
}

fn an_index_is_made_without_blocking(stage: &Stage) -> Outcome {
    struct Unblocking;
    impl Migration for Unblocking {
        fn change(&self, m: &mut Change) {
            m.create_index("users", ["name"]).concurrently();
        }
        fn options(&self) -> MigrationOptions {
            MigrationOptions::new().transaction(false)
        }
    }
    run(stage, &[make_users])?;
    let migrations = list(&[make_users]).add(2, "unblocking", Unblocking);
    stage.repo.migrate(&migrations)?;
    stage.repo.rollback(&migrations, Until::Steps(1))?;
    assert!(is_refused(stage, "DROP INDEX users_name_index"));
    Ok(())
}

fn an_index_sorts_nulls(stage: &Stage) -> Outcome {
    let usual: [fn(&mut Change); 2] =
        [make_users, |m| _ = m.create_index("users", [IndexPart::descending("age"), IndexPart::expression("lower(name)")]).name("i")];
    run(stage, &usual)?;
    last_undone(stage, &usual)?;
    let turned: [fn(&mut Change); 2] =
        [make_users, |m| _ = m.create_index("users", [IndexPart::ordered("age", Order::Descending, Nulls::Last)]).name("i")];
    run(stage, &turned)?;
    last_undone(stage, &turned)?;
    let first: [fn(&mut Change); 2] =
        [make_users, |m| _ = m.create_index("users", [IndexPart::ordered("age", Order::Descending, Nulls::First)]).name("i")];
    assert_eq!(can(stage, &first)?, !is_refused(stage, "DROP INDEX i"));
    Ok(())
}

fn an_index_is_renamed_by_its_name_alone(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [
        |m| {
            make_users(m);
            m.create_index("users", ["age"]).name("old_name");
        },
        |m| m.rename_index_named("users", "old_name", "new_name"),
    ];
    if can(stage, &changes)? {
        assert!(is_refused(stage, "DROP INDEX old_name"));
        last_undone(stage, &changes)?;
    }
    stage.repo.query("DROP INDEX old_name", ())?;
    Ok(())
}

fn make_orders(m: &mut Change) {
    m.create_enum("state", ["new", "it's done"]);
    m.create_table("orders", |t| _ = t.add("state", Type::enumeration("state", ["new", "it's done"])).default("new"));
}

fn an_enum_takes_its_values_only(stage: &Stage) -> Outcome {
    run(stage, &[make_orders])?;
    stage.repo.query("INSERT INTO orders (id) VALUES (100)", ())?;
    stage.repo.query("INSERT INTO orders (state) VALUES ('it''s done'), (NULL)", ())?;
    assert!(is_refused(stage, "INSERT INTO orders (state) VALUES ('old')"));
    assert_eq!(count(stage, "SELECT count(*) FROM orders WHERE state = 'new'")?, 1);
    last_undone(stage, &[make_orders])?;
    run(stage, &[make_orders])?;
    let dropped: [fn(&mut Change); 2] = [make_orders, |m| {
        m.drop_table_of("orders", |t| _ = t.add("state", Type::enumeration("state", ["new", "it's done"])));
        m.drop_enum_of("state", ["new", "it's done"]);
    }];
    run(stage, &dropped)?;
    last_undone(stage, &dropped)?;
    assert!(is_refused(stage, "INSERT INTO orders (state) VALUES ('old')"));
    Ok(())
}

fn values_of_an_enum_change(stage: &Stage) -> Outcome {
    let renamed: [fn(&mut Change); 2] = [make_orders, |m| m.rename_enum_value("state", "new", "fresh")];
    if can(stage, &renamed)? {
        stage.repo.query("INSERT INTO orders (state) VALUES ('fresh')", ())?;
        last_undone(stage, &renamed)?;
        assert_eq!(count(stage, "SELECT count(*) FROM orders WHERE state = 'new'")?, 1);
    }
    // Not the text from above: a statement that was prepared keeps to the value that had the name then.
    assert!(is_refused(stage, "INSERT INTO orders (id, state) VALUES (9, 'fresh')"));
    let added: [fn(&mut Change); 2] = [make_orders, |m| m.add_enum_value("state", EnumValue::new("paid").before("it's done"))];
    if can(stage, &added)? {
        stage.repo.query("INSERT INTO orders (state) VALUES ('paid')", ())?;
        assert!(stage.repo.rollback(&list(&added), Until::Steps(1)).is_err());
    }
    Ok(())
}

fn a_generated_column_follows(stage: &Stage) -> Outcome {
    let stored: fn(&mut Change) = |m| {
        m.create_table("boxes", |t| {
            t.add("side", Type::Integer);
            t.add("area", Type::Integer).generated("side * side");
        });
    };
    run(stage, &[stored])?;
    stage.repo.query("INSERT INTO boxes (side) VALUES (3)", ())?;
    stage.repo.query("UPDATE boxes SET side = 4", ())?;
    assert_eq!(stage.repo.query("SELECT area FROM boxes", ())?.load::<i32>()?, [16]);
    assert!(is_refused(stage, "UPDATE boxes SET area = 1"));
    let changes = [stored, |m: &mut Change| m.alter_table("boxes", |t| _ = t.add("double", Type::Integer).generated_virtually("side * 2"))];
    if can(stage, &changes)? {
        assert_eq!(stage.repo.query("SELECT double FROM boxes", ())?.load::<i32>()?, [8]);
        last_undone(stage, &changes)?;
    }
    Ok(())
}

fn an_identity_counts(stage: &Stage) -> Outcome {
    run(stage, &[|m| m.create_table("things", |t| _ = t.primary_key("id", Type::Identity))])?;
    stage
        .repo
        .query("INSERT INTO things (id) VALUES (DEFAULT)", ())
        .or_else(|_| stage.repo.query("INSERT INTO things DEFAULT VALUES", ()))?;
    assert_eq!(stage.repo.query("SELECT id FROM things", ())?.load::<i64>()?, [1]);
    let steps: [fn(&mut Change); 2] = [
        |m| m.create_table("things", |t| _ = t.primary_key("id", Type::Identity)),
        |m| m.create_table("steps", |t| _ = t.primary_key("id", Type::Identity).start_value(10).increment(5)),
    ];
    if can(stage, &steps)? {
        for _ in 0..2 {
            stage.repo.query("INSERT INTO steps DEFAULT VALUES", ())?;
        }
        assert_eq!(stage.repo.query("SELECT id FROM steps ORDER BY id", ())?.load::<i64>()?, [10, 15]);
    }
    Ok(())
}

/// Each database has its own names; one that it does not know is found out.
fn a_collation_compares(stage: &Stage) -> Outcome {
    let known = ["BINARY", "C"].map(|name| {
        let made = stage.repo.query(&format!("SELECT 'a' < 'B' COLLATE \"{name}\""), ()).is_ok();
        (name, made)
    });
    let (name, _) = known.into_iter().find(|(_, known)| *known).ok_or("no collation by bytes")?;
    let migrations = Migrations::new().add(1, "collated", Collated(name));
    stage.repo.migrate(&migrations)?;
    stage.repo.query("INSERT INTO words (word) VALUES ('a'), ('B')", ())?;
    assert_eq!(stage.repo.query("SELECT word FROM words ORDER BY word", ())?.load::<String>()?, ["B", "a"]);
    assert!(stage.repo.migrate(&Migrations::new().add(2, "unknown", Collated("nowhere"))).is_err());
    Ok(())
}

struct Collated(&'static str);

impl Migration for Collated {
    fn change(&self, m: &mut Change) {
        m.create_table_if_not_exists("words", |t| _ = t.add("word", Type::Text).collation(self.0));
        m.create_table(format!("words_{}", self.0), |t| _ = t.add("word", Type::Text).collation(self.0));
    }
}

fn remarks_do_no_harm(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [
        |m| {
            m.create_table("users", |t| {
                t.comment("it's a table, (really)");
                t.add("name", Type::Text).comment("it's a -- name").not_null();
            });
        },
        |m| {
            m.alter_table("users", |t| _ = t.add("age", Type::Integer).comment("in years"));
            m.create_index("users", ["age"]).comment("for birthdays");
            m.create_constraint(AddConstraint::new("users", "adult", Constraint::Check("age > 17".into())).comment("by law"));
        },
    ];
    run(stage, &changes)?;
    assert!(is_refused(stage, "INSERT INTO users (name, age) VALUES ('Al', 3)"));
    stage.repo.query("INSERT INTO users (name, age) VALUES ('Al', 30)", ())?;
    last_undone(stage, &changes)?;
    last_undone(stage, &changes[..1])
}

fn an_ambiguous_type_is_refused(stage: &Stage) -> Outcome {
    let change: fn(&mut Change) = |m| m.create_table("t", |t| _ = t.add("at", Type::Custom("datetime".into())));
    let error = stage.repo.migrate(&list(&[change])).unwrap_err();
    assert!(error.hint().is_some_and(|hint| hint.contains("NaiveDateTime")), "{error}");
    run(stage, &[|m| m.create_table("t", |t| _ = t.add("number", Type::Custom("int8".into())))])
}

fn rows_are_filled_before_a_column_is_required(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [make_users, |m| {
        m.alter_table("users", |t| {
            t.modify("age", Type::Integer).not_null().backfill(18).from_with(Type::Integer, |was| _ = was.nullable());
        });
    }];
    run(stage, &changes[..1])?;
    stage.repo.query("INSERT INTO users (age) VALUES (NULL), (20)", ())?;
    run(stage, &changes)?;
    assert_eq!(stage.repo.query("SELECT age FROM users ORDER BY age", ())?.load::<i32>()?, [18, 20]);
    assert!(is_refused(stage, "INSERT INTO users (age) VALUES (NULL)"));
    last_undone(stage, &changes)
}

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
    if can(stage, &unique)? {
        stage.repo.query("INSERT INTO users (name) VALUES ('Al')", ())?;
        assert!(stage.repo.query("INSERT INTO users (name) VALUES ('Al')", ()).unwrap_err().is_unique_violation());
        last_undone(stage, &unique)?;
    }
    let foreign: [fn(&mut Change); 2] = [make_users, |m| {
        m.create_table("ages", |_| {});
        m.create_foreign_key("users", "age", references("ages").on_delete(OnDelete::NilifyAll));
    }];
    if can(stage, &foreign)? {
        assert!(stage.repo.query("INSERT INTO users (age) VALUES (5)", ()).unwrap_err().is_foreign_key_violation());
        last_undone(stage, &foreign)?;
    }
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
    if can(stage, &changes[..2])? {
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
    if can(stage, &[change])? {
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
