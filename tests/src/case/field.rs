//! What can be said of a field, as the database sees it.

use ecto_core::prelude::*;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::fields::{self, Article, Slug, Status};

pub(super) const CASES: &[Case] = &[
    case!(a_column_has_another_name, ["S-17"]),
    case!(a_virtual_field_is_not_written, ["S-21"]),
    case!(a_default_of_the_schema_is_written, ["S-16", "T-29"]),
    case!(what_the_database_fills_is_read_back, ["S-20"]),
    case!(a_field_that_is_written_once, ["S-23"]),
    case!(an_enum_is_kept_by_name, ["U-05", "U-06", "U-07"]),
    case!(a_newtype_is_kept_as_what_it_holds, ["T-03"]),
    case!(a_redacted_field_is_not_shown, ["S-24", "C-79"]),
];

fn article(stage: &Stage, pairs: &[(&str, &str)]) -> Result<Article> {
    Ok(stage.repo.insert(Article::changeset(Changeset::new(), pairs.to_vec()))?)
}

fn a_column_has_another_name(stage: &Stage) -> Outcome {
    fields::create(stage)?;
    let first = article(stage, &[("title", "News")])?;
    assert_eq!(stage.repo.query("SELECT headline FROM articles", ())?.load::<String>()?, ["News"]);
    assert_eq!(stage.repo.get_by::<Article>(|a| a.title.eq("News"))?.as_ref(), Some(&first));
    assert_eq!(stage.repo.all(&Article::query().select(|a| a.title).order_by(|a| a.title.desc()))?, ["News"]);
    let twice = stage.repo.insert(Article::changeset(Changeset::new(), [("title", "News")])).unwrap_err();
    assert_eq!(twice.changeset().map(|changeset| changeset.errors()[0].field().to_owned()).as_deref(), Some("title"));
    Ok(())
}

fn a_virtual_field_is_not_written(stage: &Stage) -> Outcome {
    fields::create(stage)?;
    let inserted = article(stage, &[("title", "News"), ("note", "by hand")])?;
    assert_eq!(inserted.note.as_deref(), Some("by hand"));
    assert_eq!(stage.repo.fetch::<Article>(inserted.id)?.note, None);
    let updated = stage.repo.update(Article::changeset(inserted, [("note", "again")]))?;
    assert_eq!(updated.note.as_deref(), Some("again"));
    Ok(())
}

fn a_default_of_the_schema_is_written(stage: &Stage) -> Outcome {
    fields::create(stage)?;
    let absent = article(stage, &[("title", "a")])?;
    let empty = article(stage, &[("title", "b"), ("status", "")])?;
    assert_eq!((absent.status, empty.status), (Status::Draft, Status::Draft));
    assert_eq!(stage.repo.count(&Article::query().filter(|a| a.status.eq(Status::Draft)))?, 2);
    Ok(())
}

fn what_the_database_fills_is_read_back(stage: &Stage) -> Outcome {
    fields::create(stage)?;
    let inserted = article(stage, &[("title", "a")])?;
    assert_eq!(inserted.rank, 7);
    stage.repo.query("UPDATE articles SET rank = 8", ())?;
    let updated = stage.repo.update(Article::changeset(inserted, [("title", "b")]))?;
    assert_eq!(updated.rank, 8);
    Ok(())
}

fn a_field_that_is_written_once(stage: &Stage) -> Outcome {
    fields::create(stage)?;
    let inserted = article(stage, &[("title", "a"), ("origin", "here")])?;
    let updated = stage.repo.update(Article::changeset(inserted, [("title", "b"), ("origin", "there")]))?;
    let found = stage.repo.fetch::<Article>(updated.id)?;
    assert_eq!((found.title.as_str(), found.origin.as_deref()), ("b", Some("here")));
    assert_eq!(updated, found);
    let alone = stage.repo.update(Article::changeset(found.clone(), [("origin", "elsewhere")]))?;
    assert_eq!(alone, found, "where nothing else changes, too");
    Ok(())
}

fn an_enum_is_kept_by_name(stage: &Stage) -> Outcome {
    fields::create(stage)?;
    let inserted = article(stage, &[("title", "a"), ("status", "in_review")])?;
    assert_eq!(inserted.status, Status::InReview);
    assert_eq!(stage.repo.query("SELECT status FROM articles", ())?.load::<String>()?, ["in_review"]);
    let listed = Article::query().filter(|a| a.status.in_([Status::Draft, Status::InReview]));
    assert_eq!(stage.repo.all(&listed)?, std::slice::from_ref(&inserted));
    let unknown = Article::changeset(inserted, [("status", "gone")]);
    assert_eq!(unknown.errors()[0].text(), "is invalid");
    stage.repo.query("UPDATE articles SET status = 'gone'", ())?;
    let error = stage.repo.all(&Article::query()).unwrap_err();
    assert!(error.to_string().contains("`gone`") && error.to_string().contains("status"), "{error}");
    Ok(())
}

fn a_newtype_is_kept_as_what_it_holds(stage: &Stage) -> Outcome {
    fields::create(stage)?;
    let inserted = article(stage, &[("title", "a"), ("slug", "a-1")])?;
    assert_eq!(inserted.slug, Some(Slug("a-1".into())));
    assert_eq!(stage.repo.get_by::<Article>(|a| a.slug.eq(Slug("a-1".into())))?, Some(inserted));
    Ok(())
}

fn a_redacted_field_is_not_shown(stage: &Stage) -> Outcome {
    fields::create(stage)?;
    let changeset = Article::changeset(Changeset::new(), [("title", "a"), ("secret", "hunter2")]);
    let shown = format!("{changeset:?}");
    assert!(shown.contains("**redacted**") && !shown.contains("hunter2"), "{shown}");
    assert_eq!(stage.repo.insert(changeset)?.secret.as_deref(), Some("hunter2"));
    Ok(())
}
