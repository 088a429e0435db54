//! The words that a migration is written in: what they stand for unless more is said, and where they may stand.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use ecto_core::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{count, is_refused, last_undone, list, run};
use crate::Stage;
use crate::case::{Case, Outcome, case};

pub(in crate::case) const CASES: &[Case] = &[
    case!(words_in_the_wrong_place_are_refused, ["G-08", "G-36"]),
    case!(an_index_is_undone_as_it_was_made, ["G-25"]),
    case!(timestamps_are_two_required_columns, ["G-31"]),
    case!(a_table_has_a_key_that_counts_unless_it_says_otherwise, ["G-45"]),
    case!(names_are_made_of_tables_and_columns, ["G-47"]),
    case!(each_type_holds_its_values, ["G-36", "G-53"]),
    case!(an_interval_has_fields_and_digits, ["G-41"]),
];

fn words_in_the_wrong_place_are_refused(stage: &Stage) -> Outcome {
    type Mistake = (fn(&mut Change), &'static str);
    let mistakes: [Mistake; 4] = [
        (|m| m.create_table("users", |t| t.remove("age")), "a new table takes only `add`"),
        (|m| m.alter_table("users", |t| _ = t.add("age", Type::Integer).from(Type::Text)), "`from` is for `modify`"),
        (|m| m.create_table("users", |t| _ = t.add("price", Type::Decimal).scale(2)), "a scale needs a precision"),
        (|m| m.create_table("users", |t| _ = t.add("age", Type::Integer).precision(2)), "its type has no precision"),
    ];
    for (change, message) in mistakes {
        let error = stage.repo.migrate(&list(&[change])).unwrap_err();
        assert!(error.message().contains(message), "{error}");
        assert!(is_refused(stage, "SELECT * FROM users"));
    }
    Ok(())
}

/// One that was made without a condition is dropped without one: where it is gone already, that is said.
fn an_index_is_undone_as_it_was_made(stage: &Stage) -> Outcome {
    let make: fn(&mut Change) = |m| m.create_table("users", |t| _ = t.add("name", Type::Text));
    let plain = [make, |m| _ = m.create_index("users", ["name"])];
    let conditional = [make, |m| _ = m.create_index("users", ["name"]).conditionally()];
    run(stage, &plain)?;
    stage.repo.query("DROP INDEX users_name_index", ())?;
    assert!(stage.repo.rollback(&list(&plain), Until::Steps(1)).is_err());
    last_undone(stage, &conditional)
}

fn timestamps_are_two_required_columns(stage: &Stage) -> Outcome {
    run(
        stage,
        &[|m| {
            m.create_table("users", |t| {
                t.add("name", Type::Text);
                t.timestamps();
            });
        }],
    )?;
    assert!(is_refused(stage, "INSERT INTO users (name) VALUES ('Al')"));
    assert!(is_refused(stage, "INSERT INTO users (name, inserted_at) VALUES ('Al', '2020-01-02T03:04:05Z')"));
    stage.repo.query("INSERT INTO users (inserted_at, updated_at) VALUES ('2020-01-02T03:04:05Z', '2020-01-02T03:04:05.25Z')", ())?;
    let times = stage.repo.query("SELECT inserted_at, updated_at FROM users", ())?.load::<(DateTime<Utc>, DateTime<Utc>)>()?;
    assert_eq!((times[0].1 - times[0].0).num_milliseconds(), 250);
    Ok(())
}

fn a_table_has_a_key_that_counts_unless_it_says_otherwise(stage: &Stage) -> Outcome {
    run(
        stage,
        &[|m| {
            m.create_table("users", |t| _ = t.add("name", Type::Text));
            m.create_table("logs", |t| {
                t.no_primary_key();
                t.add("text", Type::Text);
            });
        }],
    )?;
    stage.repo.query("INSERT INTO users (name) VALUES ('Al'), ('Bo')", ())?;
    assert_eq!(stage.repo.query("SELECT id FROM users ORDER BY id", ())?.load::<i64>()?, [1, 2]);
    // As wide as a `BIGINT`, and given once.
    stage.repo.query("INSERT INTO users (id, name) VALUES (5000000000, 'Cy')", ())?;
    assert!(stage.repo.query("INSERT INTO users (id) VALUES (1)", ()).unwrap_err().is_unique_violation());
    assert!(is_refused(stage, "SELECT id FROM logs"));
    Ok(())
}

fn names_are_made_of_tables_and_columns(stage: &Stage) -> Outcome {
    run(
        stage,
        &[|m| {
            m.create_table("users", |t| {
                t.add("name", Type::Text);
                t.add("email", Type::Text);
            });
            m.create_index("users", ["name", "email"]);
            m.create_index("users", [IndexPart::expression("lower(email)")]);
        }],
    )?;
    for name in ["users_name_email_index", "users_lower_email_index"] {
        stage.repo.query(&format!("DROP INDEX {name}"), ())?;
    }
    // One that is longer than a database keeps is refused where it would be cut.
    let long: [fn(&mut Change); 1] = [|m| m.create_table("t".repeat(64).as_str(), |_| {})];
    let made = stage.repo.migrate(&list(&[|m: &mut Change| m.flush(), long[0]]));
    assert_eq!(made.is_ok(), !stage.capabilities().prefixes);
    Ok(())
}

fn each_type_holds_its_values(stage: &Stage) -> Outcome {
    run(
        stage,
        &[|m| {
            m.create_table("things", |t| {
                t.add("word", Type::String);
                t.add("small", Type::SmallInteger);
                t.add("number", Type::Integer);
                t.add("big", Type::BigInteger);
                t.add("flag", Type::Boolean);
                t.add("float", Type::Float);
                t.add("price", Type::Decimal).precision(6).scale(2);
                t.add("bytes", Type::Binary);
                t.add("day", Type::Date);
                t.add("at", Type::NaiveDateTime);
                t.add("since", Type::UtcDateTime);
                t.add("data", Type::Json);
                t.add("key", Type::Uuid);
            });
        }],
    )?;
    let (key, at) = ("67e55044-10b1-426f-9247-bb680e5fe0c8", "2020-01-02T03:04:05");
    stage.repo.query(
        &format!(
            "INSERT INTO things (word, small, number, big, flag, float, price, day, at, since, data, key) VALUES \
             ('ä', 7, -70000, 5000000000, TRUE, 0.5, '1234.50', '2020-01-02', '{at}', '{at}Z', '[1]', '{key}')"
        ),
        (),
    )?;
    let numbers = stage.repo.query("SELECT word, small, number, big, flag, float FROM things", ())?;
    assert_eq!(numbers.load::<(String, i16, i32, i64, bool, f64)>()?, [("ä".into(), 7, -70_000, 5_000_000_000, true, 0.5)]);
    let others = stage.repo.query("SELECT price, day, at, since, key, bytes FROM things", ())?;
    let at: NaiveDateTime = at.parse()?;
    let row = (Decimal::new(123_450, 2), at.date(), at, at.and_utc(), key.parse()?, None);
    assert_eq!(others.load::<(Decimal, NaiveDate, NaiveDateTime, DateTime<Utc>, Uuid, Option<Vec<u8>>)>()?, [row]);
    assert_eq!(count(stage, "SELECT count(*) FROM things WHERE CAST(data AS text) = '[1]'")?, 1);
    Ok(())
}

fn an_interval_has_fields_and_digits(stage: &Stage) -> Outcome {
    run(
        stage,
        &[|m| {
            m.create_table("runs", |t| {
                t.add("took", Type::Duration).precision(1);
                t.add("waited", Type::Custom("interval day".into()));
            });
        }],
    )?;
    stage.repo.query("INSERT INTO runs (took, waited) VALUES ('02:03:04.5', '3 days')", ())?;
    let rows = stage.repo.query("SELECT CAST(took AS text), CAST(waited AS text) FROM runs", ())?;
    assert_eq!(rows.load::<(String, String)>()?, [("02:03:04.5".into(), "3 days".into())]);
    Ok(())
}
