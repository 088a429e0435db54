//! A guard against queries in a loop: the page that reads its rows with one query, and then something for each row with one more.

use std::collections::BTreeMap;
use std::fmt;
use std::panic::Location;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

use super::{Event, ListenerId, Listeners};
use crate::error::{Repeat, Result, TelemetryError};

/// How often one call may run the same statement, if a test says nothing else. Where a loop is to be found, make three rows or more.
const LIMIT: usize = 2;

/// Counts how often each line of the application runs the same statement, and fails a test where that is a loop. Made by
/// [`Repo::watch_repeats`](crate::repo::Repo::watch_repeats).
///
/// Statements are the same if their text is; their parameters may differ. The line is that of the call of the repo, [`Event::location`]; a function
/// of yours that stands between, and that many others call, is passed over if it has `#[track_caller]`. A preload runs a statement for each association,
/// all of them from the line of its query. `BEGIN`, `COMMIT` and savepoints are not counted.
///
/// It counts what all handles of the repo do, on every thread and in transactions, from when it is made until it is dropped. With a repo for each test, tests that run
/// at the same time do not see each other; for tests that share one there is [`only_this_thread`](RepeatGuard::only_this_thread). Dropping it
/// checks nothing: that is done by [`assert`](RepeatGuard::assert) or [`check`](RepeatGuard::check).
///
/// ```
/// # use ecto_core::prelude::*;
/// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, posts: HasMany<Post> }
/// # #[derive(Schema)] #[schema(table = "posts")] struct Post { id: i64, user_id: i64 }
/// # fn main() -> Result<()> {
/// # let repo = Repo::connect("sqlite::memory:")?;
/// # repo.query("CREATE TABLE users (id INTEGER PRIMARY KEY)", ())?;
/// # repo.query("CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL)", ())?;
/// # repo.query("INSERT INTO users VALUES (1), (2), (3)", ())?;
/// let guard = repo.watch_repeats();
/// repo.all(&User::query().preload(User::posts))?;
/// guard.assert();
///
/// for user in repo.all(&User::query())? {
///     repo.all(&Post::query().filter(|p| p.user_id.eq(user.id)))?;
/// }
/// let error = guard.check().unwrap_err();
/// assert!(error.is_repeated_statement());
/// assert!(error.message().starts_with("one line ran the same statement more than twice: 3 times from "));
/// assert!(error.hint().is_some_and(|hint| hint.contains(".preload(..)")));
/// # Ok(())
/// # }
/// ```
#[must_use = "a guard that is dropped at once has seen nothing"]
pub struct RepeatGuard {
    listeners: Listeners,
    id: ListenerId,
    seen: Arc<Mutex<Seen>>,
    limit: usize,
    allowed: Vec<Allowed>,
}

type Allowed = Box<dyn Fn(&Repeat) -> bool + Send + Sync>;

/// What was run since the guard was made.
#[derive(Default)]
struct Seen {
    /// The only thread that counts.
    thread: Option<ThreadId>,
    /// The statements of each call.
    calls: BTreeMap<&'static Location<'static>, Vec<Repeat>>,
}

impl Seen {
    fn count(&mut self, event: &Event<'_>) {
        if self.thread.is_some_and(|only| only != thread::current().id()) || moves_a_transaction(event.sql) {
            return;
        }
        let statements = self.calls.entry(event.location).or_default();
        match statements.iter_mut().find(|statement| statement.sql == event.sql) {
            Some(statement) => statement.times += 1,
            None => statements.push(Repeat {
                sql: event.sql.to_owned(),
                source: event.source.map(str::to_owned),
                location: event.location,
                times: 1,
            }),
        }
    }
}

/// A transaction for each row may be meant, and a savepoint for each statement always is.
fn moves_a_transaction(sql: &str) -> bool {
    let word = sql.trim_start().split(|character: char| !character.is_ascii_alphabetic()).next().unwrap_or_default();
    ["begin", "commit", "rollback", "savepoint", "release"].iter().any(|step| word.eq_ignore_ascii_case(step))
}

impl RepeatGuard {
    /// Counts what these are told from now on.
    pub fn watch(listeners: &Listeners) -> Self {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let told = Arc::clone(&seen);
        let id = listeners.add(move |event| lock(&told).count(event));
        RepeatGuard { listeners: listeners.clone(), id, seen, limit: LIMIT, allowed: Vec::new() }
    }

    /// How often one call may run the same statement: twice, if nothing else is said.
    pub fn limit(mut self, times: usize) -> Self {
        self.limit = times;
        self
    }

    /// Lets statements through that a loop is meant to run, however often. Several of these may be said.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # fn main() -> Result<()> {
    /// # let repo = Repo::connect("sqlite::memory:")?;
    /// let guard = repo.watch_repeats().allow(|repeat| repeat.sql.starts_with("PRAGMA") || repeat.source.as_deref() == Some("audits"));
    /// for _ in 0..10 {
    ///     repo.query("PRAGMA data_version", ())?;
    /// }
    /// guard.assert();
    /// # Ok(())
    /// # }
    /// ```
    pub fn allow(mut self, is_meant: impl Fn(&Repeat) -> bool + Send + Sync + 'static) -> Self {
        self.allowed.push(Box::new(is_meant));
        self
    }

    /// Counts only what the current thread runs, where several tests share a repo.
    pub fn only_this_thread(self) -> Self {
        lock(&self.seen).thread = Some(thread::current().id());
        self
    }

    /// What was run more often than it may be: the most frequent first, then in the order of the lines.
    #[must_use]
    pub fn repeats(&self) -> Vec<Repeat> {
        let is_meant = |repeat: &Repeat| self.allowed.iter().any(|is_meant| is_meant(repeat));
        let mut repeats: Vec<Repeat> =
            lock(&self.seen).calls.values().flatten().filter(|repeat| repeat.times > self.limit).cloned().collect();
        repeats.retain(|repeat| !is_meant(repeat));
        repeats.sort_by_key(|repeat| std::cmp::Reverse(repeat.times));
        repeats
    }

    /// Did each line run the same statement no more often than it may?
    ///
    /// # Errors
    /// One for which [`is_repeated_statement`](crate::Error::is_repeated_statement) holds. Its text names each statement, how often it was run, and by
    /// which line; its hint is the way out.
    pub fn check(&self) -> Result<()> {
        let repeats = self.repeats();
        if repeats.is_empty() { Ok(()) } else { Err(TelemetryError::Repeated { limit: self.limit, repeats }.into()) }
    }

    /// The same, for tests.
    ///
    /// # Panics
    /// With that text, if a line ran the same statement more often than it may. Not while the thread is panicking already: the first panic says more.
    #[track_caller]
    #[expect(clippy::panic, reason = "a test fails by panicking, and this is called by tests only")]
    pub fn assert(&self) {
        if let Err(error) = self.check()
            && !thread::panicking()
        {
            panic!("{error}");
        }
    }
}

/// What is behind the lock is changed in single steps, so it is sound even if a thread has panicked with it.
fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for RepeatGuard {
    fn drop(&mut self) {
        self.listeners.remove(self.id);
    }
}

impl fmt::Debug for RepeatGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RepeatGuard").field("limit", &self.limit).field("repeats", &self.repeats()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::time::Duration;

    use super::*;

    /// Tells of a statement, as if this line had run it several times.
    #[track_caller]
    fn tell(listeners: &Listeners, sql: &str, times: usize) {
        let (queued, query, decode) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
        let event = Event { sql, source: None, params: &[], queued, query, decode, rows: 0, error: None, location: Location::caller() };
        (0..times).for_each(|_| listeners.tell(&event));
    }

    fn panic_of(run: impl FnOnce()) -> String {
        let payload = catch_unwind(AssertUnwindSafe(run)).expect_err("a panic");
        payload
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| payload.downcast_ref().map(|text: &&str| (*text).to_owned()))
            .unwrap_or_default()
    }

    #[test]
    fn a_failed_guard_panics_with_the_text() {
        let listeners = Listeners::new();
        let guard = RepeatGuard::watch(&listeners);
        tell(&listeners, "SELECT 1", 2);
        guard.assert();
        tell(&listeners, "SELECT 2", 3);
        assert_eq!(panic_of(|| guard.assert()), guard.check().unwrap_err().to_string());
    }

    /// Asks its guard at its end, as the fixture of a test may do.
    struct Fixture(RepeatGuard);

    impl Drop for Fixture {
        fn drop(&mut self) {
            self.0.assert();
        }
    }

    #[test]
    fn a_guard_adds_nothing_to_a_panic() {
        let listeners = Listeners::new();
        let text = panic_of(|| {
            let _fixture = Fixture(RepeatGuard::watch(&listeners));
            tell(&listeners, "SELECT 1", 3);
            panic!("of the page");
        });
        assert_eq!(text, "of the page");
        assert!(listeners.is_empty());
    }

    #[test]
    fn the_most_frequent_comes_first_and_then_the_upper_line() {
        let listeners = Listeners::new();
        let guard = RepeatGuard::watch(&listeners);
        tell(&listeners, "SELECT 1", 3);
        tell(&listeners, "SELECT 2", 4);
        tell(&listeners, "SELECT 3", 3);
        let order: Vec<(String, usize)> = guard.repeats().into_iter().map(|repeat| (repeat.sql, repeat.times)).collect();
        assert_eq!(order, [("SELECT 2".to_owned(), 4), ("SELECT 1".to_owned(), 3), ("SELECT 3".to_owned(), 3)]);
    }

    #[test]
    fn the_moves_of_a_transaction_do_not_count() {
        let listeners = Listeners::new();
        let guard = RepeatGuard::watch(&listeners).limit(1);
        for sql in ["begin read only", "COMMIT", "rollback to savepoint", "savepoint", "release savepoint"] {
            tell(&listeners, sql, 9);
        }
        guard.assert();
        tell(&listeners, "SELECT 1", 1);
        guard.assert();
        assert!(guard.limit(0).check().is_err());
    }
}
