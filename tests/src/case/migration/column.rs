//! What columns hold, and how tables live.

use ecto_core::ddl::{AddConstraint, Constraint};
use ecto_core::prelude::*;

use super::{can, count, is_refused, is_server, last_undone, list, make_users, run};
use crate::Stage;
use crate::case::{Case, Outcome, case};

pub(in crate::case) const CASES: &[Case] = &[
    case!(an_enum_takes_its_values_only, []),
    case!(values_of_an_enum_change, []),
    case!(values_are_exchanged_while_the_table_changes, []),
    case!(a_generated_column_follows, ["G-39"]),
    case!(an_identity_counts, ["G-40"]),
    case!(a_collation_compares, ["G-38"]),
    case!(remarks_do_no_harm, ["G-37"]),
    case!(remarks_change_there_and_back, ["G-30", "G-37"]),
    case!(an_ambiguous_type_is_refused, ["G-09"]),
    case!(rows_are_filled_before_a_column_is_required, ["G-30"]),
    case!(a_new_value_is_made_from_the_old_one, ["G-30"]),
    case!(a_table_may_go_with_its_session, ["G-44"]),
    case!(a_table_may_stay_out_of_the_log, ["G-44"]),
];

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
    run(stage, &renamed)?;
    stage.repo.query("INSERT INTO orders (state) VALUES ('fresh')", ())?;
    last_undone(stage, &renamed)?;
    assert_eq!(count(stage, "SELECT count(*) FROM orders WHERE state = 'new'")?, 1);
    // Not the text from above: a statement that was prepared keeps to the value that had the name then.
    assert!(is_refused(stage, "INSERT INTO orders (id, state) VALUES (9, 'fresh')"));
    let added: [fn(&mut Change); 2] = [make_orders, |m| m.add_enum_value("state", EnumValue::new("paid").before("it's done"))];
    run(stage, &added)?;
    stage.repo.query("INSERT INTO orders (state) VALUES ('paid')", ())?;
    assert!(stage.repo.rollback(&list(&added), Until::Steps(1)).is_err());
    Ok(())
}

/// One after the other, as they are written.
fn values_are_exchanged_while_the_table_changes(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [make_orders, |m| {
        m.rename_enum_value("state", "new", "between");
        m.alter_table("orders", |t| _ = t.add("number", Type::Integer).not_null().default(7));
        m.rename_enum_value("state", "it's done", "new");
        m.create_unique_constraint("orders", "once", ["state", "number"]);
        m.rename_enum_value("state", "between", "it's done");
    }];
    run(stage, &changes[..1])?;
    stage.repo.query("INSERT INTO orders (state) VALUES ('new'), ('it''s done'), (NULL)", ())?;
    let states = || stage.repo.query("SELECT CAST(state AS text) FROM orders ORDER BY id", ())?.load::<Option<String>>();
    run(stage, &changes)?;
    assert_eq!(states()?, [Some("it's done".into()), Some("new".into()), None]);
    assert!(stage.repo.query("INSERT INTO orders (state) VALUES ('new')", ()).unwrap_err().is_unique_violation());
    stage.repo.query("INSERT INTO orders (number) VALUES (8)", ())?;
    assert_eq!(states()?[3].as_deref(), Some("it's done"), "the default has the new name");
    last_undone(stage, &changes)?;
    assert_eq!(states()?, [Some("new".into()), Some("it's done".into()), None, Some("new".into())]);
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
    if can(stage, !is_server(stage), &changes)? {
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
    if can(stage, is_server(stage), &steps)? {
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

/// What is said of `users`, and of its name.
fn remarks(stage: &Stage) -> Result<[String; 2]> {
    if is_server(stage) {
        let sql = "SELECT coalesce(obj_description('users'::regclass), ''), coalesce(col_description('users'::regclass, attnum), '') \
                   FROM pg_attribute WHERE attrelid = 'users'::regclass AND attname = 'name'";
        let rows: Vec<(String, String)> = stage.repo.query(sql, ())?.load()?;
        return Ok(rows.into_iter().next().expect("the column").into());
    }
    let sql: String = stage.repo.query("SELECT sql FROM sqlite_schema WHERE name = 'users'", ())?.load()?.remove(0);
    let between = |before: &str| sql.split_once(before).and_then(|(_, rest)| rest.split_once(" */")).map(|(said, _)| said.to_owned());
    Ok(["(/* ", "\"name\" TEXT NOT NULL /* "].map(|before| between(before).unwrap_or_default()))
}

fn remarks_change_there_and_back(stage: &Stage) -> Outcome {
    let made: fn(&mut Change) = |m| {
        m.create_table("users", |t| {
            t.comment("those who are in");
            t.add("name", Type::Text).not_null();
            t.add("age", Type::Integer).comment("in years");
        });
    };
    let changed: fn(&mut Change) = |m| {
        m.alter_table("users", |t| {
            t.change_comment("those who are in", "it's (all) of them, -- 'so'");
            t.modify("name", Type::Text).comment("what they're called").from_with(Type::Text, |was| _ = was.comment(""));
        });
    };
    let taken: fn(&mut Change) = |m| m.alter_table("users", |t| t.change_comment("it's (all) of them, -- 'so'", ""));
    let changes = [made, changed, taken];
    run(stage, &changes[..1])?;
    stage.repo.query("INSERT INTO users (name, age) VALUES ('Al', 20)", ())?;
    assert_eq!(remarks(stage)?, ["those who are in", ""]);
    run(stage, &changes[..2])?;
    let both = ["it's (all) of them, -- 'so'", "what they're called"];
    assert_eq!(remarks(stage)?, both);
    run(stage, &changes)?;
    assert_eq!(remarks(stage)?, ["", both[1]]);
    last_undone(stage, &changes)?;
    assert_eq!(remarks(stage)?, both);
    last_undone(stage, &changes[..2])?;
    assert_eq!(remarks(stage)?, ["those who are in", ""]);
    assert_eq!(count(stage, "SELECT count(*) FROM users WHERE name = 'Al' AND age = 20")?, 1);
    // A column that has a remark is not the last one for ever.
    let grown = [made, |m: &mut Change| m.alter_table("users", |t| _ = t.add("tags", Type::Text).not_null().default_sql("lower('X')"))];
    run(stage, &grown)?;
    last_undone(stage, &grown)?;
    Ok(())
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
            t.add("shoes", Type::Integer).not_null().backfill(40);
            t.modify("age", Type::Integer).not_null().backfill(18).from_with(Type::Integer, |was| _ = was.nullable());
        });
    }];
    run(stage, &changes[..1])?;
    stage.repo.query("INSERT INTO users (age) VALUES (NULL), (20)", ())?;
    run(stage, &changes)?;
    assert_eq!(stage.repo.query("SELECT age FROM users ORDER BY age", ())?.load::<i32>()?, [18, 20]);
    assert_eq!(stage.repo.query("SELECT shoes FROM users", ())?.load::<i32>()?, [40, 40]);
    assert!(is_refused(stage, "INSERT INTO users (age) VALUES (30)"), "without shoes");
    assert!(is_refused(stage, "INSERT INTO users (age, shoes) VALUES (NULL, 40)"));
    last_undone(stage, &changes)
}

fn a_new_value_is_made_from_the_old_one(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [make_users, |m| {
        m.alter_table("users", |t| {
            t.modify("name", Type::Integer).using("length(name)").from_with(Type::Text, |was| _ = was.using("CAST(name AS text)"));
        });
    }];
    run(stage, &changes[..1])?;
    stage.repo.query("INSERT INTO users (name) VALUES ('abc')", ())?;
    run(stage, &changes)?;
    assert_eq!(stage.repo.query("SELECT name FROM users", ())?.load::<i32>()?, [3]);
    last_undone(stage, &changes)?;
    assert_eq!(stage.repo.query("SELECT name FROM users", ())?.load::<String>()?, ["3"]);
    Ok(())
}

fn a_table_may_go_with_its_session(stage: &Stage) -> Outcome {
    run(
        stage,
        &[|m| {
            m.create_table("scratch", |t| {
                t.temporary();
                t.add("a", Type::Integer);
            });
            m.execute("INSERT INTO scratch (a) VALUES (7)");
            m.execute("CREATE TABLE kept AS SELECT a FROM scratch");
        }],
    )?;
    assert_eq!(stage.repo.query("SELECT a FROM kept", ())?.load::<i32>()?, [7]);
    Ok(())
}

fn a_table_may_stay_out_of_the_log(stage: &Stage) -> Outcome {
    let change: fn(&mut Change) = |m| m.create_table("cache", TableDraft::unlogged);
    assert_eq!(can(stage, is_server(stage), &[change])?, !is_refused(stage, "SELECT 1 FROM cache"));
    Ok(())
}
