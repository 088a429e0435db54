//! Rows that belong together: joined, guarded by the database, and never loaded in silence.

use ecto_core::prelude::*;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::blog::{self, Post, User};

pub(super) const CASES: &[Case] = &[
    case!(a_join_follows_an_association, ["Q-05"]),
    case!(a_left_join_keeps_who_has_none, ["Q-03"]),
    case!(joined_rows_are_counted_and_ordered, ["Q-05"]),
    case!(a_parent_must_exist, ["C-66"]),
    case!(a_parent_with_children_stays, ["C-67"]),
    case!(what_was_not_loaded_is_an_error, ["E-03", "S-34"]),
];

/// Al without a post, Bo with two, Cy with one.
fn three_authors(stage: &Stage) -> Result<Vec<User>> {
    blog::create(stage)?;
    let users: Vec<User> = ["Al", "Bo", "Cy"].into_iter().map(|name| blog::user(&stage.repo, name, None)).collect::<Result<_>>()?;
    for (title, author) in [("one", 1), ("two", 1), ("three", 2)] {
        blog::post(&stage.repo, title, Some(users[author].id), 1)?;
    }
    Ok(users)
}

fn a_join_follows_an_association(stage: &Stage) -> Outcome {
    three_authors(stage)?;
    let titles = User::query().join(|u| u.posts).order_by(|(_, p)| p.id).select(|(u, p)| (u.name, p.title));
    let expected = [("Bo", "one"), ("Bo", "two"), ("Cy", "three")].map(|(name, title)| (name.to_owned(), title.to_owned()));
    assert_eq!(stage.repo.all(&titles)?, expected);
    let author = Post::query().join(|p| p.author).filter(|(p, _)| p.title.eq("three")).select(|(_, u)| u.name);
    assert_eq!(stage.repo.all(&author)?, ["Cy"]);
    Ok(())
}

fn a_left_join_keeps_who_has_none(stage: &Stage) -> Outcome {
    let users = three_authors(stage)?;
    let all = User::query().left_join(|u| u.posts).order_by(|(u, p)| (u.id, p.id));
    let rows = stage.repo.all(&all.clone().select(|(u, p)| (u, p)))?;
    assert_eq!((rows.len(), &rows[0].0, rows[0].1.is_none()), (4, &users[0], true));
    let silent = all.filter(|(_, p)| p.id.is_nil()).select(|(u, _)| u.name);
    assert_eq!(stage.repo.all(&silent)?, ["Al"]);
    Ok(())
}

fn joined_rows_are_counted_and_ordered(stage: &Stage) -> Outcome {
    let users = three_authors(stage)?;
    let joined = User::query().join(|u| u.posts);
    assert_eq!(stage.repo.count(&joined)?, 3);
    assert_eq!(stage.repo.aggregate(&joined, |(u, p)| (u.id.count_distinct(), p.visits.sum()))?, (2, Some(3)));
    let last = joined.order_by(|(_, p)| p.title.desc()).limit(1).select(|(u, _)| u);
    assert_eq!(stage.repo.one(&last)?.as_ref(), Some(&users[1]));
    Ok(())
}

fn a_parent_must_exist(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let orphan = Changeset::new().put_change(Post::title, "x").put_change(Post::author_id, 99).assoc_constraint(Post::author);
    let refused = stage.repo.insert(orphan).unwrap_err().into_changeset().expect("an error on the association");
    assert_eq!(refused.errors()[0].to_string(), "author does not exist");
    Ok(())
}

fn a_parent_with_children_stays(stage: &Stage) -> Outcome {
    let users = three_authors(stage)?;
    let refused = stage.repo.delete(Changeset::from(users[1].clone()).no_assoc_constraint(User::posts)).unwrap_err();
    let refused = refused.into_changeset().expect("an error on the association");
    assert_eq!(refused.errors()[0].to_string(), "posts are still associated with this entry");
    stage.repo.delete(Changeset::from(users[0].clone()).no_assoc_constraint(User::posts))?;
    assert_eq!(stage.repo.count(&User::query())?, 2);
    Ok(())
}

fn what_was_not_loaded_is_an_error(stage: &Stage) -> Outcome {
    let users = three_authors(stage)?;
    let found = stage.repo.fetch::<User>(users[1].id)?;
    assert!(!found.posts.is_loaded());
    let error = found.posts.get().unwrap_err();
    assert!(error.is_not_loaded(), "{error}");
    Ok(())
}
