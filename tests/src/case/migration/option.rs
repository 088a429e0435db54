//! What is said of references and indexes besides their names.
//!
//! What only some databases can do is either done, or refused with a way out before anything runs.

use ecto_core::ddl::{Nulls, Order};
use ecto_core::prelude::*;

use super::{can, count, is_refused, is_server, last_undone, list, make_users, run};
use crate::Stage;
use crate::case::{Case, Outcome, case};

pub(in crate::case) const CASES: &[Case] = &[
    case!(a_key_of_several_columns_is_whole_or_null, ["G-50"]),
    case!(a_key_of_several_columns_is_added_later, ["G-50"]),
    case!(a_reference_may_wait_for_the_commit, ["G-50"]),
    case!(a_reference_falls_back_to_its_default, ["G-50"]),
    case!(some_columns_of_a_reference_become_null, ["G-50"]),
    case!(two_nulls_are_the_same_in_an_index, ["G-46"]),
    case!(an_index_carries_columns_along, ["G-46"]),
    case!(an_index_is_made_without_blocking, ["G-46", "G-48"]),
    case!(an_index_sorts_nulls, ["G-46"]),
    case!(an_index_is_renamed_by_its_name_alone, ["G-17"]),
];

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

fn a_key_of_several_columns_is_added_later(stage: &Stage) -> Outcome {
    let changes: [fn(&mut Change); 3] = [
        |m| {
            m.create_table("places", |t| {
                t.add("country", Type::BigInteger).primary_key();
                t.add("city", Type::Integer).primary_key();
            });
            m.create_table("people", |t| {
                t.add("country", Type::BigInteger);
                t.add("city", Type::Integer);
            });
        },
        |m| m.create_foreign_key("people", "country", references("places").column("country").with("city", "city").match_full()),
        |m| m.drop_constraint("people", "people_country_fkey"),
    ];
    run(stage, &changes[..1])?;
    stage.repo.query("INSERT INTO places VALUES (1, 2)", ())?;
    stage.repo.query("INSERT INTO people (country, city) VALUES (1, NULL)", ())?;
    assert!(stage.repo.migrate(&list(&changes[..2])).is_err(), "the row that is there");
    stage.repo.query("UPDATE people SET country = NULL", ())?;
    run(stage, &changes[..2])?;
    stage.repo.query("INSERT INTO people (country, city) VALUES (1, 2), (NULL, NULL)", ())?;
    for wrong in ["(1, NULL)", "(NULL, 2)", "(1, 3)"] {
        assert!(is_refused(stage, &format!("INSERT INTO people (country, city) VALUES {wrong}")), "{wrong}");
    }
    last_undone(stage, &changes[..2])?;
    stage.repo.query("INSERT INTO people (country) VALUES (1)", ())?;
    stage.repo.query("DELETE FROM people", ())?;
    run(stage, &changes)?;
    stage.repo.query("INSERT INTO people (country) VALUES (1)", ())?;
    Ok(())
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
    if can(stage, is_server(stage), &[change])? {
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
    if can(stage, is_server(stage), &unique)? {
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
    assert_eq!(can(stage, is_server(stage), &first)?, !is_refused(stage, "DROP INDEX i"));
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
    run(stage, &changes)?;
    assert!(is_refused(stage, "DROP INDEX old_name"));
    last_undone(stage, &changes)?;
    stage.repo.query("DROP INDEX old_name", ())?;
    Ok(())
}
