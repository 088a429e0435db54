//! Where queries are run and changesets are written: one concrete type for both databases, for a pool, and for an open transaction.
//!
//! The public methods stand here, one line each, with their docs; what they do stands in the modules below, one duty a file.

mod aggregate;
mod builder;
mod bulk;
mod cells;
mod collect;
mod guard;
mod lend;
mod one_row;
mod options;
mod params;
mod pending;
mod preload;
mod prepare;
mod read;
mod rows;
mod scope;
mod statement;
mod transaction;
mod verdict;
mod write;

use std::fmt;
use std::sync::Arc;

pub use builder::RepoBuilder;
pub use bulk::{IntoRows, Rows};
pub use cells::{Cell, Cells, FieldsOfRow, RowFields, RowOf};
pub(crate) use lend::Away;
pub use options::Options;
pub use params::IntoParams;
pub use preload::Owners;
pub use rows::QueryResult;
pub use statement::ToStatement;

use crate::adapter::{Adapter, Pool};
use crate::capability::Capabilities;
use crate::changeset::{Changeset, WriteError};
use crate::error::{Error, RepoError, Result};
use crate::query::{Columns, Preload, Query, Select, Sources, Update};
use crate::schema::Schema;
use crate::telemetry::{Listeners, RepeatGuard};
use crate::types::{FromRow, NotNull, Value};
use scope::Scope;

/// A handle to a database: a pool of connections, or the one of an open transaction.
///
/// Cheap to clone, and usable from any thread; functions that take `&Repo` work with all of its forms. There is no global one:
/// an application makes it once and hands it around.
///
/// ```
/// use ecto_core::prelude::*;
///
/// #[derive(Schema, Changeset, Debug)]
/// #[schema(table = "users")]
/// struct User {
///     id: i64,
///     #[changeset(required)]
///     name: String,
/// }
///
/// # fn main() -> Result<(), Error> {
/// let repo = Repo::connect("sqlite::memory:")?;
/// repo.query("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL)", ())?;
/// let al = repo.insert(User::changeset(Changeset::new(), [("name", "Al")]))?;
/// assert_eq!(repo.fetch::<User>(al.id)?.name, "Al");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Repo {
    shared: Arc<Shared>,
    scope: Scope,
    options: Options,
}

/// What all handles to one database share.
struct Shared {
    adapter: Arc<dyn Adapter>,
    pool: Pool,
    listeners: Listeners,
}

impl Repo {
    /// Opens a database by its URL: `sqlite://relative.db`, `sqlite:///absolute.db`, `sqlite::memory:`, `postgres://user:pass@host/db`.
    ///
    /// A missing SQLite file is created. One connection is opened at once, so that what is wrong is said here.
    ///
    /// # Errors
    /// When the URL is not understood, or the database cannot be reached, refuses the user, or does not exist.
    pub fn connect(url: &str) -> Result<Self> {
        RepoBuilder::new(url).connect()
    }

    /// The same, with choices: pool size, timeouts, listeners.
    pub fn builder(url: &str) -> RepoBuilder {
        RepoBuilder::new(url)
    }

    /// The row with this primary key.
    ///
    /// # Errors
    /// When the database fails or a column does not fit its field.
    #[track_caller]
    pub fn get<S: Schema>(&self, key: S::Key) -> Result<Option<S>> {
        self.read_by_key(&key)
    }

    /// The row with this primary key; it is an error if there is none.
    ///
    /// # Errors
    /// The same, and an error for which [`is_not_found`](Error::is_not_found) holds.
    #[track_caller]
    pub fn fetch<S: Schema>(&self, key: S::Key) -> Result<S> {
        self.get(key)?.ok_or_else(|| RepoError::NotFound { schema: S::META.name }.into())
    }

    /// The row for which this holds.
    ///
    /// # Errors
    /// The same as of [`get`](Repo::get), and an error if there is more than one.
    #[track_caller]
    pub fn get_by<S: Schema + Columns>(&self, condition: impl FnOnce(S::Cols<NotNull>) -> crate::query::Predicate) -> Result<Option<S>> {
        self.one(&Query::<S>::new().filter(condition))
    }

    /// The row for which this holds; it is an error if there is none, or more than one.
    ///
    /// # Errors
    /// As said.
    #[track_caller]
    pub fn fetch_by<S: Schema + Columns>(&self, condition: impl FnOnce(S::Cols<NotNull>) -> crate::query::Predicate) -> Result<S> {
        self.get_by(condition)?.ok_or_else(|| RepoError::NotFound { schema: S::META.name }.into())
    }

    /// Every row of a query.
    ///
    /// # Errors
    /// When the database cannot do what the query asks for, fails, or returns something else than the query's type.
    #[track_caller]
    pub fn all<S: Sources, O: FromRow>(&self, query: &Query<S, O>) -> Result<Vec<O>> {
        self.read_all_of(query)
    }

    /// The only row of a query, if it has one.
    ///
    /// # Errors
    /// The same as of [`all`](Repo::all), and an error if there is more than one.
    #[track_caller]
    pub fn one<S: Sources, O: FromRow>(&self, query: &Query<S, O>) -> Result<Option<O>> {
        self.read_one_of(query, query.statement())
    }

    /// The only row of a query; it is an error if there is none, or more than one.
    ///
    /// # Errors
    /// As said.
    #[track_caller]
    pub fn fetch_one<S: Sources, O: FromRow>(&self, query: &Query<S, O>) -> Result<O> {
        self.one(query)?.ok_or_else(|| RepoError::NotFound { schema: query.statement().root().name }.into())
    }

    /// The first row of a query, in its order or else in that of the primary key.
    ///
    /// # Errors
    /// The same as of [`all`](Repo::all).
    #[track_caller]
    pub fn first<S: Sources, O: FromRow>(&self, query: &Query<S, O>) -> Result<Option<O>> {
        self.read_one_of(query, &aggregate::first(query.statement()))
    }

    /// Loads associations of rows that were read: of one, of an `Option`, of a `Vec` or a slice. Those that are loaded already stay as they are.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, posts: HasMany<Post> }
    /// # #[derive(Schema)] #[schema(table = "posts")] struct Post { id: i64, user_id: i64 }
    /// # fn main() -> Result<(), Error> {
    /// # let repo = Repo::connect("sqlite::memory:")?;
    /// # repo.query("CREATE TABLE users (id INTEGER PRIMARY KEY)", ())?;
    /// # repo.query("CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL)", ())?;
    /// # repo.query("INSERT INTO users DEFAULT VALUES", ())?;
    /// # repo.query("INSERT INTO posts (user_id) VALUES (1)", ())?;
    /// let mut users = repo.all(&User::query())?;
    /// repo.preload(&mut users, User::posts)?;
    /// assert_eq!(users[0].posts.get()?.len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the database fails. Rows that are there already stay.
    #[track_caller]
    pub fn preload<O: Owners + ?Sized>(&self, owners: &mut O, preload: impl Preload<O::Row>) -> Result<()> {
        self.load_into(owners, &preload, false)
    }

    /// The same, also where rows were loaded already: they are read anew, and what was loaded of them is gone.
    ///
    /// # Errors
    /// As of [`preload`](Repo::preload).
    #[track_caller]
    pub fn preload_again<O: Owners + ?Sized>(&self, owners: &mut O, preload: impl Preload<O::Row>) -> Result<()> {
        self.load_into(owners, &preload, true)
    }

    /// How many rows a query has.
    ///
    /// # Errors
    /// The same as of [`all`](Repo::all).
    #[track_caller]
    pub fn count<S: Sources, O>(&self, query: &Query<S, O>) -> Result<i64> {
        self.read_value(&aggregate::count(query.statement()))
    }

    /// One aggregate, or a tuple of them, over the rows of a query.
    ///
    /// The order of the query does not matter; its limit and its offset do.
    ///
    /// # Errors
    /// The same as of [`all`](Repo::all), and a refusal if the query has groups.
    #[track_caller]
    pub fn aggregate<S: Sources, O, A: Select>(&self, query: &Query<S, O>, aggregate: impl FnOnce(S::Bindings) -> A) -> Result<A::Out> {
        self.read_value(&aggregate::of(query, aggregate)?)
    }

    /// Has the query a row?
    ///
    /// # Errors
    /// The same as of [`all`](Repo::all).
    #[track_caller]
    pub fn exists<S: Sources, O>(&self, query: &Query<S, O>) -> Result<bool> {
        self.read_exists(query.statement())
    }

    /// Inserts a new row, and returns it whole, as it is in the database.
    ///
    /// # Errors
    /// [`WriteError::Invalid`] with the changeset, if it is not valid or the database refused the row by a declared
    /// constraint; [`WriteError::Database`] for everything else.
    #[track_caller]
    pub fn insert<S: Schema>(&self, changeset: Changeset<S>) -> Result<S, WriteError<S>> {
        self.write_insert(changeset)
    }

    /// Writes the changes of a row, and nothing if there are none. Returns the row with them.
    ///
    /// # Errors
    /// As of [`insert`](Repo::insert); an error for which [`is_stale`](Error::is_stale) holds if the row is not there any more.
    #[track_caller]
    pub fn update<S: Schema>(&self, changeset: Changeset<S>) -> Result<S, WriteError<S>> {
        self.write_update(changeset)
    }

    /// Deletes a row, by its struct or a changeset of it. Returns what it was.
    ///
    /// # Errors
    /// As of [`update`](Repo::update).
    #[track_caller]
    pub fn delete<S: Schema>(&self, row: impl Into<Changeset<S>>) -> Result<S, WriteError<S>> {
        self.write_delete(row.into())
    }

    /// Inserts a new row, or writes the changes of an existing one: the changeset knows which. Not an upsert.
    ///
    /// # Errors
    /// As of [`insert`](Repo::insert) and [`update`](Repo::update).
    #[track_caller]
    pub fn insert_or_update<S: Schema>(&self, changeset: Changeset<S>) -> Result<S, WriteError<S>> {
        if changeset.is_new() { self.insert(changeset) } else { self.update(changeset) }
    }

    /// Inserts many rows, all or none, and returns how many: `User::rows(..)`, or a list of changesets.
    ///
    /// Keys, timestamps and declared defaults that the rows do not name are filled as in [`insert`](Repo::insert).
    ///
    /// # Errors
    /// When a changeset is not valid, or the database refuses a row.
    #[track_caller]
    pub fn insert_all<S: Schema>(&self, rows: impl IntoRows<S>) -> Result<u64> {
        rows.__insert_into(self)
    }

    /// Writes values into every row of a query, and returns how many rows that were. Does not touch `updated_at`.
    ///
    /// # Errors
    /// When the query has an order, a limit or anything else but filters, or the database fails.
    #[track_caller]
    pub fn update_all<S: Sources>(&self, update: &Update<S>) -> Result<u64> {
        update.preloads().refuse("update_all")?;
        self.write_statement(&update.statement())
    }

    /// Deletes every row of a query, and returns how many rows that were.
    ///
    /// # Errors
    /// As of [`update_all`](Repo::update_all).
    #[track_caller]
    pub fn delete_all<S: Sources, O>(&self, query: &Query<S, O>) -> Result<u64> {
        query.preloads().refuse("delete_all")?;
        self.write_statement(&statement::delete_of(query.statement()))
    }

    /// Runs SQL of your own, with the database's own placeholders and values for them.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # fn main() -> Result<(), Error> {
    /// # let repo = Repo::connect("sqlite::memory:")?;
    /// let sums: Vec<(i64, String)> = repo.query("SELECT ?1 + 1, ?2", (41, "al"))?.load()?;
    /// assert_eq!(sums, [(42, "al".to_owned())]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the database fails.
    #[track_caller]
    pub fn query(&self, sql: &str, params: impl IntoParams) -> Result<QueryResult> {
        self.run_raw(sql, &params.__into_params())
    }

    /// The SQL text of a query or an update on this database, and the values of its parameters.
    ///
    /// # Errors
    /// When the database cannot do what it asks for.
    pub fn to_sql(&self, statement: &impl ToStatement) -> Result<(String, Vec<Value>)> {
        self.explain_text(&statement.__to_statement())
    }

    /// Runs a function in a transaction: committed if it returns `Ok`, rolled back if it returns `Err` or panics.
    ///
    /// The function receives a handle to the transaction; using another handle to the same database in it is an error.
    /// Inside a transaction this is a savepoint: if it fails, only what it did is undone.
    ///
    /// After the database has refused a statement, every further one is an error until the transaction ends, on both databases. To try something and
    /// go on, put it into a nested transaction, or use [`Options::savepoint`].
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # fn main() -> Result<(), Error> {
    /// # let repo = Repo::connect("sqlite::memory:")?;
    /// # repo.query("CREATE TABLE t (x INTEGER)", ())?;
    /// let failed = repo.transaction(|repo| {
    ///     repo.query("INSERT INTO t VALUES (1)", ())?;
    ///     repo.query("INSERT INTO nowhere VALUES (1)", ())
    /// });
    /// assert!(failed.is_err());
    /// assert!(repo.query("SELECT x FROM t", ())?.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// What the function returned; or what the database said when the transaction began or was committed.
    #[track_caller]
    pub fn transaction<T, E: From<Error>>(&self, run: impl FnOnce(&Repo) -> Result<T, E>) -> Result<T, E> {
        let open = self.begin()?;
        let outcome = run(open.repo());
        open.end_with(outcome)
    }

    /// Is this the handle of an open transaction?
    #[must_use]
    pub fn in_transaction(&self) -> bool {
        self.scope.is_transaction()
    }

    /// The same database with other options, which hold for everything that is done with the new handle.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # use std::time::Duration;
    /// # fn main() -> Result<(), Error> {
    /// # let repo = Repo::connect("sqlite::memory:")?;
    /// let rows = repo.with(|o| o.timeout(Duration::from_secs(5))).query("SELECT 1", ())?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with(&self, change: impl FnOnce(Options) -> Options) -> Self {
        Repo { options: change(self.options.clone()), ..self.clone() }
    }

    /// A handle that may be used beside an open transaction on the same thread, on a connection of its own.
    ///
    /// Without it, using the outer handle inside a transaction is an error, because what it writes would not be part of the
    /// transaction, and on SQLite it would wait for it for ever.
    #[must_use]
    pub fn outside(&self) -> Self {
        Repo { scope: Scope::outside(), ..self.clone() }
    }

    /// Those who are told of every statement that any handle to this database runs. More may be added, and removed again.
    #[must_use]
    pub fn listeners(&self) -> &Listeners {
        &self.shared.listeners
    }

    /// Watches from now on for queries in a loop: a test makes this guard around the code that it tests, and asks it at the end.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # fn page(repo: &Repo) -> Result<()> { repo.query("SELECT 1", ()).map(drop) }
    /// # fn main() -> Result<()> {
    /// # let repo = Repo::connect("sqlite::memory:")?;
    /// let guard = repo.watch_repeats();
    /// page(&repo)?;
    /// guard.assert();
    /// # Ok(())
    /// # }
    /// ```
    pub fn watch_repeats(&self) -> RepeatGuard {
        RepeatGuard::watch(self.listeners())
    }

    /// What the database can do.
    #[must_use]
    pub fn capabilities(&self) -> &'static Capabilities {
        self.adapter().capabilities()
    }

    /// The database that this is a handle to.
    pub(crate) fn adapter(&self) -> &Arc<dyn Adapter> {
        &self.shared.adapter
    }
}

impl fmt::Debug for Repo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Repo").field("database", &self.shared.adapter.describe()).field("in_transaction", &self.in_transaction()).finish()
    }
}
