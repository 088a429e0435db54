//! What tables become that are there, with rows in them and in the tables that refer to them.

use ecto_core::ddl::Reference;
use ecto_core::prelude::*;

use super::{count, is_refused, last_undone, list, make_users, run};
use crate::Stage;
use crate::case::{Case, Outcome, case};

pub(in crate::case) const CASES: &[Case] = &[
    case!(a_column_is_modified_there_and_back, ["G-30"]),
    case!(a_key_is_widened_with_what_refers_to_it, ["G-30"]),
    case!(a_reference_deletes_otherwise, ["G-30", "G-50"]),
    case!(a_reference_updates_otherwise, ["G-30", "G-50"]),
    case!(another_key_is_counted_up, ["G-26"]),
    case!(columns_come_and_go_on_condition, ["G-27", "G-29"]),
    case!(constraints_are_dropped, ["G-22"]),
    case!(a_required_column_finds_the_nulls, ["G-30"]),
    case!(a_point_in_time_is_required_if_it_is_said_to_be, ["G-26"]),
    case!(a_table_is_not_dropped_from_under_others, ["G-13"]),
    case!(a_table_is_dropped_with_what_depends_on_it, ["G-13"]),
    case!(an_index_is_dropped_with_the_keys_that_need_it, ["G-20"]),
    case!(a_column_is_not_removed_from_under_a_view, ["G-28"]),
];

fn a_column_is_modified_there_and_back(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [make_users, |m| {
        m.alter_table("users", |t| {
            t.modify("age", Type::BigInteger).not_null().default(7).from_with(Type::Integer, |was| _ = was.nullable().no_default());
        });
    }];
    run(stage, &changes[..1])?;
    stage.repo.query("INSERT INTO users (name, age) VALUES ('Al', 20)", ())?;
    run(stage, &changes)?;
    stage.repo.query("INSERT INTO users (name) VALUES ('Bo')", ())?;
    assert!(is_refused(stage, "INSERT INTO users (age) VALUES (NULL)"));
    assert_eq!(stage.repo.query("SELECT age FROM users ORDER BY id", ())?.load::<i64>()?, [20, 7]);
    last_undone(stage, &changes)?;
    stage.repo.query("INSERT INTO users (name) VALUES ('Cy')", ())?;
    assert_eq!(stage.repo.query("SELECT age FROM users ORDER BY id", ())?.load::<Option<i32>>()?, [Some(20), Some(7), None]);
    Ok(())
}

/// Where no constant can be the default of old rows, another adapter makes the column nullable, and says nothing.
fn a_point_in_time_is_required_if_it_is_said_to_be(stage: &Stage) -> Outcome {
    let required: [fn(&mut Change); 2] = [make_users, |m| m.alter_table("users", |t| _ = t.add("seen_at", Type::NaiveDateTime).not_null())];
    run(stage, &required[..1])?;
    stage.repo.query("INSERT INTO users (name) VALUES ('Al')", ())?;
    assert!(stage.repo.migrate(&list(&required)).is_err());
    assert!(is_refused(stage, "SELECT seen_at FROM users"));
    stage.repo.query("DELETE FROM users", ())?;
    run(stage, &required)?;
    assert!(is_refused(stage, "INSERT INTO users (name) VALUES ('Bo')"));
    last_undone(stage, &required)?;
    stage.repo.query("INSERT INTO users (name) VALUES ('Cy')", ())?;
    let filled: [fn(&mut Change); 2] = [make_users, |m| {
        m.alter_table("users", |t| _ = t.add("seen_at", Type::NaiveDateTime).not_null().default_sql("CURRENT_TIMESTAMP"));
    }];
    run(stage, &filled)?;
    assert_eq!(count(stage, "SELECT count(seen_at) FROM users")?, 1);
    assert!(is_refused(stage, "INSERT INTO users (name, seen_at) VALUES ('Di', NULL)"));
    Ok(())
}

fn narrow() -> Reference {
    references("users").of_type(Type::Integer).on_delete(OnDelete::DeleteAll)
}

fn a_key_is_widened_with_what_refers_to_it(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [
        |m| {
            m.create_table("users", |t| _ = t.primary_key("id", Type::Integer));
            m.create_table("posts", |t| _ = t.add("user_id", narrow()));
        },
        |m| {
            m.alter_table("users", |t| _ = t.modify("id", Type::BigInteger).from(Type::Integer));
            m.alter_table("posts", |t| _ = t.modify("user_id", narrow().of_type(Type::BigInteger)).from(narrow()));
        },
    ];
    run(stage, &changes[..1])?;
    stage.repo.query("INSERT INTO users (id) VALUES (1), (2)", ())?;
    stage.repo.query("INSERT INTO posts (user_id) VALUES (1), (2)", ())?;
    run(stage, &changes)?;
    stage.repo.query("INSERT INTO users (id) VALUES (5000000000)", ())?;
    stage.repo.query("INSERT INTO posts (user_id) VALUES (5000000000)", ())?;
    assert!(stage.repo.query("INSERT INTO posts (user_id) VALUES (3)", ()).unwrap_err().is_foreign_key_violation());
    stage.repo.query("DELETE FROM users WHERE id > 1", ())?;
    assert_eq!(stage.repo.query("SELECT user_id FROM posts", ())?.load::<i64>()?, [1]);
    last_undone(stage, &changes)?;
    stage.repo.query("DELETE FROM users", ())?;
    assert_eq!(count(stage, "SELECT count(*) FROM posts")?, 0);
    Ok(())
}

/// Users and posts that refer to them, and the reference as `to` describes it; then the posts of user 1 after `sql`.
fn modified(stage: &Stage, change: fn(&mut Change), sql: &str) -> Result<Vec<Option<i64>>, Error> {
    let make: fn(&mut Change) = |m| {
        m.create_table("users", |_| {});
        m.create_table("posts", |t| _ = t.add("user_id", references("users")));
    };
    let changes = [make, change];
    stage.repo.migrate(&list(&changes[..1]))?;
    stage.repo.query("INSERT INTO users (id) VALUES (1)", ())?;
    stage.repo.query("INSERT INTO posts (user_id) VALUES (1)", ())?;
    assert!(is_refused(stage, sql));
    stage.repo.migrate(&list(&changes))?;
    stage.repo.query(sql, ())?;
    stage.repo.query("SELECT user_id FROM posts", ())?.load()
}

fn a_reference_deletes_otherwise(stage: &Stage) -> Outcome {
    let change: fn(&mut Change) = |m| {
        m.alter_table("posts", |t| _ = t.modify("user_id", references("users").on_delete(OnDelete::NilifyAll)).from(references("users")));
    };
    assert_eq!(modified(stage, change, "DELETE FROM users WHERE id = 1")?, [None]);
    Ok(())
}

fn a_reference_updates_otherwise(stage: &Stage) -> Outcome {
    let change: fn(&mut Change) = |m| {
        m.alter_table("posts", |t| _ = t.modify("user_id", references("users").on_update(OnUpdate::UpdateAll)).from(references("users")));
    };
    assert_eq!(modified(stage, change, "UPDATE users SET id = 9 WHERE id = 1")?, [Some(9)]);
    Ok(())
}

fn another_key_is_counted_up(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [make_users, |m| {
        m.alter_table("users", |t| {
            t.remove("id");
            t.add("number", Type::BigSerial).primary_key();
        });
    }];
    run(stage, &changes[..1])?;
    stage.repo.query("INSERT INTO users (id, name) VALUES (7, 'Al'), (9, 'Bo')", ())?;
    run(stage, &changes)?;
    stage.repo.query("INSERT INTO users (name) VALUES ('Cy')", ())?;
    assert_eq!(stage.repo.query("SELECT number FROM users ORDER BY number", ())?.load::<i64>()?.len(), 3);
    assert!(is_refused(stage, "INSERT INTO users (number) SELECT min(number) FROM users"));
    assert!(is_refused(stage, "SELECT id FROM users"));
    Ok(())
}

fn columns_come_and_go_on_condition(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 3] = [
        make_users,
        |m| {
            for _ in 0..2 {
                m.alter_table("users", |t| {
                    t.add_if_not_exists("email", Type::String);
                    t.add_if_not_exists("name", Type::String);
                    t.remove_if_exists("age");
                });
            }
        },
        make_after,
    ];
    run(stage, &changes)?;
    stage.repo.query("INSERT INTO users (name, email) VALUES ('Al', 'a')", ())?;
    assert!(is_refused(stage, "SELECT age FROM users"));
    Ok(())
}

fn make_after(m: &mut Change) {
    m.create_table("after", |_| {});
}

fn constraints_are_dropped(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 3] = [
        |m| {
            make_users(m);
            m.create_table("posts", |t| _ = t.add("user_id", references("users")));
        },
        |m| {
            m.create_check("users", "adult", "age > 17");
            m.create_unique_constraint("users", "once", ["name", "age"]);
        },
        |m| {
            m.drop_constraint("users", "adult");
            m.drop_constraint("users", "once");
            m.drop_constraint_if_exists("users", "nothing");
            m.drop_constraint("posts", "posts_user_id_fkey");
        },
    ];
    run(stage, &changes[..2])?;
    stage.repo.query("INSERT INTO users (name, age) VALUES ('Al', 20)", ())?;
    assert!(stage.repo.query("INSERT INTO users (age) VALUES (7)", ()).unwrap_err().is_check_violation());
    assert!(stage.repo.query("INSERT INTO users (name, age) VALUES ('Al', 20)", ()).unwrap_err().is_unique_violation());
    run(stage, &changes)?;
    stage.repo.query("INSERT INTO users (name, age) VALUES ('Al', 20), ('Bo', 7)", ())?;
    stage.repo.query("INSERT INTO posts (user_id) VALUES (99)", ())?;
    let missing = [changes[0], changes[1], changes[2], |m: &mut Change| m.drop_constraint("users", "nothing")];
    assert!(stage.repo.migrate(&list(&missing)).is_err());
    Ok(())
}

fn a_required_column_finds_the_nulls(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] =
        [make_users, |m| m.alter_table("users", |t| _ = t.modify("age", Type::Integer).not_null().from(Type::Integer))];
    run(stage, &changes[..1])?;
    stage.repo.query("INSERT INTO users (name) VALUES ('Al')", ())?;
    let error = stage.repo.migrate(&list(&changes)).unwrap_err();
    assert!(error.message().contains("age"), "{error}");
    stage.repo.query("INSERT INTO users (name) VALUES ('Bo')", ())?;
    assert_eq!(count(stage, "SELECT count(*) FROM users")?, 2);
    Ok(())
}

fn a_table_is_not_dropped_from_under_others(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [
        |m| {
            m.create_table("users", |_| {});
            m.create_table("posts", |t| _ = t.add("user_id", references("users").on_delete(OnDelete::DeleteAll)));
        },
        |m| m.drop_table("users"),
    ];
    run(stage, &changes[..1])?;
    stage.repo.query("INSERT INTO users (id) VALUES (1)", ())?;
    stage.repo.query("INSERT INTO posts (user_id) VALUES (1)", ())?;
    let error = stage.repo.migrate(&list(&changes)).unwrap_err();
    assert!(error.message().contains("drop table `users`"), "{error}");
    assert_eq!(count(stage, "SELECT count(*) FROM posts")?, 1);
    Ok(())
}

fn a_table_is_dropped_with_what_depends_on_it(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 2] = [
        |m| {
            m.create_table("teams", |_| {});
            m.create_table("users", |t| {
                t.add("name", Type::Text);
                t.add("boss_id", references("users").on_delete(OnDelete::DeleteAll));
            });
            m.create_table("posts", |t| {
                t.add("user_id", references("users").on_delete(OnDelete::DeleteAll)).not_null();
                t.add("team_id", references("teams"));
            });
            m.create_index("posts", ["user_id"]);
            m.create_view("names", "SELECT name FROM users");
            m.create_view("short_names", "SELECT name FROM names");
            m.create_view("authors", "SELECT user_id FROM posts");
        },
        |m| m.drop_table_cascade("users"),
    ];
    run(stage, &changes[..1])?;
    stage.repo.query("INSERT INTO users (id, boss_id) VALUES (1, NULL), (2, 1)", ())?;
    stage.repo.query("INSERT INTO teams (id) VALUES (3)", ())?;
    stage.repo.query("INSERT INTO posts (user_id, team_id) VALUES (1, 3), (2, NULL)", ())?;
    run(stage, &changes)?;
    stage.repo.query("INSERT INTO posts (user_id) VALUES (99)", ())?;
    assert_eq!(stage.repo.query("SELECT user_id FROM authors ORDER BY user_id", ())?.load::<i64>()?, [1, 2, 99]);
    let orphan = stage.repo.query("INSERT INTO posts (user_id, team_id) VALUES (1, 4)", ());
    assert!(orphan.unwrap_err().is_foreign_key_violation(), "the other key holds");
    for gone in ["users", "names", "short_names"] {
        assert!(is_refused(stage, &format!("SELECT * FROM {gone}")), "{gone}");
    }
    let error = stage.repo.rollback(&list(&changes), Until::Steps(1)).unwrap_err();
    assert!(error.message().contains("cannot be undone"), "{error}");
    Ok(())
}

fn an_index_is_dropped_with_the_keys_that_need_it(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 3] = [
        |m| {
            m.create_table("users", |t| _ = t.add("code", Type::Text).not_null());
            m.create_unique_index("users", ["code"]);
            m.create_table("posts", |t| {
                t.add("code", references("users").column("code").of_type(Type::Text));
                t.add("user_id", references("users"));
            });
        },
        |m| _ = m.drop_index("users", ["code"]).unique(),
        |m| _ = m.drop_index("users", ["code"]).unique().cascade(),
    ];
    run(stage, &changes[..1])?;
    stage.repo.query("INSERT INTO users (id, code) VALUES (1, 'a')", ())?;
    stage.repo.query("INSERT INTO posts (code, user_id) VALUES ('a', 1)", ())?;
    assert!(stage.repo.migrate(&list(&changes[..2])).is_err(), "a key needs it");
    run(stage, &[changes[0], changes[2]])?;
    stage.repo.query("INSERT INTO users (id, code) VALUES (2, 'a')", ())?;
    stage.repo.query("INSERT INTO posts (code, user_id) VALUES ('b', 2)", ())?;
    assert!(stage.repo.query("INSERT INTO posts (user_id) VALUES (3)", ()).unwrap_err().is_foreign_key_violation(), "the other key holds");
    assert_eq!(count(stage, "SELECT count(*) FROM posts WHERE code = 'a'")?, 1);
    Ok(())
}

fn a_column_is_not_removed_from_under_a_view(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 3] = [
        |m| {
            make_users(m);
            m.create_view("ages", "SELECT age FROM users");
        },
        |m| m.alter_table("users", |t| t.remove("age")),
        |m| {
            m.drop_view_of("ages", "SELECT age FROM users");
            m.alter_table("users", |t| _ = t.remove_of("age", Type::Integer));
        },
    ];
    run(stage, &changes[..1])?;
    let error = stage.repo.migrate(&list(&changes[..2])).unwrap_err();
    assert!(error.message().contains("age"), "{error}");
    assert_eq!(count(stage, "SELECT count(*) FROM ages")?, 0);
    let dropped = [changes[0], changes[2]];
    run(stage, &dropped)?;
    last_undone(stage, &dropped)?;
    assert_eq!(count(stage, "SELECT count(*) FROM ages")?, 0);
    Ok(())
}
