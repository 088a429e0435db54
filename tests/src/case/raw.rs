//! SQL of one's own.

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::blog::{self, User};

pub(super) const CASES: &[Case] = &[
    case!(values_are_bound_and_rows_loaded, ["P-01"]),
    case!(a_result_knows_its_columns, ["P-01"]),
    case!(a_write_says_how_many_rows, ["P-01"]),
    case!(a_whole_schema_is_loaded, ["R-20"]),
    case!(a_mistake_is_the_databases_text, ["P-01"]),
    case!(a_table_that_changes_is_read_as_it_is, ["P-11"]),
];

fn values_are_bound_and_rows_loaded(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    let sql = stage.sql("SELECT name, age FROM users WHERE age > {1} AND name <> {2} ORDER BY id");
    let rows: Vec<(String, Option<i32>)> = stage.repo.query(&sql, (20, "Cy"))?.load()?;
    assert_eq!(rows, [("Bo".to_owned(), Some(30))]);
    assert_eq!(stage.repo.query("SELECT count(*) FROM users", ())?.load::<i64>()?, [4]);
    Ok(())
}

fn a_result_knows_its_columns(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    let result = stage.repo.query("SELECT name, age AS years FROM users WHERE age IS NULL", ())?;
    assert_eq!(result.columns(), ["name", "years"]);
    assert_eq!((result.len(), result.is_empty()), (1, false));
    Ok(())
}

fn a_write_says_how_many_rows(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    let result = stage.repo.query(&stage.sql("UPDATE users SET age = {1} WHERE age > {2}"), (1, 20))?;
    assert_eq!((result.affected(), result.is_empty()), (2, true));
    Ok(())
}

fn a_whole_schema_is_loaded(stage: &Stage) -> Outcome {
    let users = blog::four_users(stage)?;
    let sql = "SELECT id, name, email, age, confirmed, inserted_at, updated_at FROM users ORDER BY id";
    assert_eq!(stage.repo.query(sql, ())?.load::<User>()?, users);
    Ok(())
}

fn a_mistake_is_the_databases_text(stage: &Stage) -> Outcome {
    let error = stage.repo.query("SELECT nonsense FROM nowhere", ()).unwrap_err();
    assert!(error.to_string().contains("nowhere"), "{error}");
    assert!(std::error::Error::source(&error).is_some(), "the driver's own error lies behind it");
    Ok(())
}

fn a_table_that_changes_is_read_as_it_is(stage: &Stage) -> Outcome {
    blog::four_users(stage)?;
    for _ in 0..3 {
        assert_eq!(stage.repo.query("SELECT * FROM users", ())?.columns().len(), 7);
    }
    stage.run(&["ALTER TABLE users ADD COLUMN nick {text}"])?;
    assert_eq!(stage.repo.query("SELECT * FROM users", ())?.columns().len(), 8);
    stage.run(&["ALTER TABLE users DROP COLUMN nick"])?;
    assert_eq!(stage.repo.all(&User::query())?.len(), 4);
    assert_eq!(stage.repo.query("SELECT * FROM users", ())?.columns().len(), 7);
    Ok(())
}
