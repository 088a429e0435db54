//! What those who listen are told.

use std::sync::{Arc, Mutex};

use ecto_core::prelude::*;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::blog::{self, User, new_user};
use crate::scenario::fields::{self, Article};

pub(super) const CASES: &[Case] = &[
    case!(each_statement_is_told_once, ["L-02", "R-40"]),
    case!(a_transaction_is_told_too, ["L-05"]),
    case!(a_failure_is_told, ["L-02"]),
    case!(a_redacted_value_is_not_told, ["S-24"]),
];

/// One statement: its table, its text, its parameters, how many rows, whether it failed.
type Told = (Option<String>, String, Vec<String>, u64, bool);

/// A second handle to the database, and what it tells.
fn listening(stage: &Stage) -> Result<(Repo, Arc<Mutex<Vec<Told>>>)> {
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&told);
    let repo = Repo::builder(&stage.url).on_statement(move |event| {
        let told = (event.source.map(str::to_owned), event.sql.to_owned(), event.params.to_vec(), event.rows, event.error.is_some());
        listener.lock().expect("no panic").push(told);
    });
    let repo = repo.connect()?;
    told.lock().expect("no panic").clear();
    Ok((repo, told))
}

fn each_statement_is_told_once(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let (repo, told) = listening(stage)?;
    let al = repo.insert(new_user("Al"))?;
    repo.update(Changeset::from(al.clone()).put_change(User::age, 3))?;
    assert_eq!(repo.all(&User::query())?.len(), 1);
    repo.delete(al)?;
    let told = told.lock().expect("no panic");
    let sources: Vec<_> = told.iter().map(|(source, ..)| source.as_deref()).collect();
    assert_eq!(sources, [Some("users"); 4], "{told:?}");
    let verbs: Vec<_> = told.iter().map(|(_, sql, ..)| sql.split(' ').next().unwrap_or_default()).collect();
    assert_eq!(verbs, ["INSERT", "UPDATE", "SELECT", "DELETE"], "one statement each, and no transaction around it");
    assert!(told.iter().all(|(.., rows, failed)| *rows == 1 && !failed), "{told:?}");
    assert!(told[0].2.iter().any(|param| param.contains("Al@example.com")), "{:?}", told[0].2);
    Ok(())
}

fn a_transaction_is_told_too(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let (repo, told) = listening(stage)?;
    repo.transaction(|repo| repo.transaction(|repo| Ok::<_, Error>(repo.insert(new_user("Al"))?)))?;
    let told = told.lock().expect("no panic");
    let texts: Vec<_> =
        told.iter().map(|(source, sql, ..)| (source.as_deref(), sql.split(' ').next().unwrap_or_default().to_lowercase())).collect();
    let expected = [(None, "begin"), (None, "savepoint"), (Some("users"), "insert"), (None, "release"), (None, "commit")];
    assert_eq!(texts, expected.map(|(source, verb)| (source, verb.to_owned())));
    Ok(())
}

fn a_failure_is_told(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let (repo, told) = listening(stage)?;
    assert!(repo.query("SELECT nonsense FROM nowhere", ()).is_err());
    let told = told.lock().expect("no panic");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].4 && told[0].1 == "SELECT nonsense FROM nowhere");
    Ok(())
}

fn a_redacted_value_is_not_told(stage: &Stage) -> Outcome {
    fields::create(stage)?;
    let (repo, told) = listening(stage)?;
    let article = repo.insert(Article::changeset(Changeset::new(), [("title", "a"), ("secret", "hunter2")]))?;
    repo.get_by::<Article>(|a| a.secret.eq("hunter2"))?;
    repo.update_all(&Article::query().set(|a| a.secret.to(Some("hunter2".to_owned()))))?;
    repo.update(Article::changeset(article, [("secret", "hunter2 too")]))?;
    let told = format!("{:?}", told.lock().expect("no panic"));
    assert!(told.contains("**redacted**") && !told.contains("hunter2"), "{told}");
    Ok(())
}
