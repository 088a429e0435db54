//! Each statement is told with the place of the call that ran it.

use std::panic::Location;
use std::sync::{Arc, Mutex};

use ecto_core::prelude::*;

use super::{Case, Outcome, case};
use crate::Stage;
use crate::scenario::blog::{self, Post, User, new_user};

pub(super) const CASES: &[Case] = &[
    case!(each_call_is_told_with_its_line, ["L-08"]),
    case!(a_transaction_is_told_with_the_line_that_began_it, ["L-08"]),
    case!(a_callback_is_told_with_its_own_line, ["L-08"]),
    case!(a_failure_is_told_with_its_line, ["L-08"]),
    case!(a_function_between_is_passed_over_if_it_says_so, ["L-08"]),
];

/// What was told: texts and places.
struct Places(Arc<Mutex<Vec<(String, &'static Location<'static>)>>>);

impl Places {
    /// A second handle to the database, and the places that it tells.
    fn of(stage: &Stage) -> Result<(Repo, Places)> {
        let places = Places(Arc::default());
        let told = Arc::clone(&places.0);
        let repo = Repo::builder(&stage.url)
            .on_statement(move |event| told.lock().expect("no panic").push((event.sql.to_owned(), event.location)))
            .connect()?;
        places.take();
        Ok((repo, places))
    }

    fn take(&self) -> Vec<(String, &'static Location<'static>)> {
        std::mem::take(&mut *self.0.lock().expect("no panic"))
    }

    /// Since the last time, the first word of each statement with its line; all of this file.
    fn lines(&self) -> Vec<(String, u32)> {
        let told = self.take().into_iter().map(|(sql, location)| {
            assert_eq!(location.file(), file!(), "{sql}");
            (sql.split(' ').next().unwrap_or_default().to_lowercase(), location.line())
        });
        told.collect()
    }

    /// Something was told since the last time, and all of it with a call that stands on the line of this one, inside its parentheses.
    #[track_caller]
    fn here<T>(&self, result: T) -> T {
        let (here, told) = (Location::caller(), self.take());
        assert!(!told.is_empty(), "nothing was told at {here}");
        for (sql, location) in told {
            assert_eq!((location.file(), location.line()), (here.file(), here.line()), "{sql}");
            assert!(location.column() > here.column(), "{sql}: {location}");
        }
        result
    }
}

fn each_call_is_told_with_its_line(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let (repo, told) = Places::of(stage)?;
    let al = told.here(repo.insert(new_user("Al"))?);
    let al = told.here(repo.update(Changeset::from(al).put_change(User::age, 3))?);
    let bo = told.here(repo.insert_or_update(new_user("Bo"))?);
    let bo = told.here(repo.insert_or_update(Changeset::from(bo).put_change(User::age, 4))?);
    told.here(repo.insert_all(Post::rows((Post::title, Post::author_id), [("a", Some(al.id)), ("b", None)]))?);
    let post = |title: &str| Changeset::<Post>::new().put_change(Post::title, title);
    told.here(repo.insert_all(vec![post("c"), post("d").put_change(Post::author_id, bo.id)])?);
    told.here(repo.insert_all([post("e")])?);

    let users = User::query();
    let named = User::query().filter(|u| u.name.eq("Al"));
    told.here(repo.get::<User>(al.id)?);
    told.here(repo.fetch::<User>(al.id)?);
    told.here(repo.get_by::<User>(|u| u.name.eq("Al"))?);
    told.here(repo.fetch_by::<User>(|u| u.name.eq("Al"))?);
    told.here(repo.all(&users)?);
    told.here(repo.one(&named)?);
    told.here(repo.fetch_one(&named)?);
    told.here(repo.first(&users)?);
    told.here(repo.count(&users)?);
    told.here(repo.aggregate(&users, |u| u.age.max())?);
    told.here(repo.exists(&users)?);

    let mut loaded = told.here(repo.all(&User::query().preload(User::posts.then(Post::author)))?);
    told.here(repo.one(&named.clone().preload(User::posts))?);
    told.here(repo.first(&User::query().preload(User::posts))?);
    told.here(repo.preload_again(&mut loaded, User::posts)?);
    let mut posts = told.here(repo.all(&Post::query())?);
    told.here(repo.preload(&mut posts, Post::author)?);

    told.here(repo.query("SELECT 1", ())?);
    told.here(repo.with(|o| o.read_only()).transaction(|_| Ok::<_, Error>(()))?);
    told.here(repo.delete_all(&Post::query())?);
    told.here(repo.update_all(&User::query().set(|u| u.age.to(Some(5))))?);
    told.here(repo.delete(al)?);
    Ok(())
}

fn a_transaction_is_told_with_the_line_that_began_it(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let (repo, told) = Places::of(stage)?;
    let start = line!() + 1;
    repo.transaction(|repo| {
        repo.count(&User::query())?;
        let refused: Result<(), Error> = repo.transaction(|repo| {
            repo.exists(&User::query())?;
            repo.fetch::<User>(99).map(drop)
        });
        assert!(refused.is_err());
        repo.with(|o| o.savepoint()).insert(new_user("Al"))?;
        Ok::<_, Error>(())
    })?;
    let lines = [
        ("begin", 0),
        ("select", 1),
        ("savepoint", 2),
        ("select", 3),
        ("select", 4),
        ("rollback", 2),
        ("release", 2),
        ("savepoint", 7),
        ("insert", 7),
        ("release", 7),
        ("commit", 0),
    ];
    assert_eq!(told.lines(), lines.map(|(word, line)| (word.to_owned(), start + line)));
    Ok(())
}

fn a_callback_is_told_with_its_own_line(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let (repo, told) = Places::of(stage)?;
    let callback = line!() + 1;
    let counted = |changeset: Changeset<User>| changeset.prepare_changes(|changeset, repo| repo.count(&User::query()).map(|_| changeset));
    let al = repo.insert(counted(new_user("Al")))?;
    let al = repo.update(counted(Changeset::from(al).put_change(User::age, 3)))?;
    repo.delete(counted(Changeset::from(al)))?;
    let write = |verb: &str, line: u32| {
        [("begin", line), ("select", callback), (verb, line), ("commit", line)].map(|(word, at)| (word.to_owned(), at))
    };
    let lines = [write("insert", callback + 1), write("update", callback + 2), write("delete", callback + 3)];
    assert_eq!(told.lines(), lines.concat());
    Ok(())
}

fn a_failure_is_told_with_its_line(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let (repo, told) = Places::of(stage)?;
    told.here(repo.query("SELECT nonsense FROM nowhere", ()).unwrap_err());
    told.here(repo.fetch::<User>(99).unwrap_err());
    let start = line!() + 1;
    let refused = repo.transaction(|repo| repo.query("INSERT INTO nowhere VALUES (1)", ()));
    assert!(refused.is_err());
    let words = ["begin", "insert", "rollback"].map(|word| (word.to_owned(), start));
    assert_eq!(told.lines(), words);
    Ok(())
}

#[track_caller]
fn everybody(repo: &Repo) -> Result<Vec<User>> {
    repo.all(&User::query())
}

fn a_function_between_is_passed_over_if_it_says_so(stage: &Stage) -> Outcome {
    blog::create(stage)?;
    let (repo, told) = Places::of(stage)?;
    told.here(everybody(&repo)?);
    Ok(())
}
