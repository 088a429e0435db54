//! What migrations ask of a database, besides statements: how its structure is changed, who may change it, and how far a change came.

use std::time::Duration;

use super::{Advance, Connection, Server};
use crate::ddl::{Op, TableName};
use crate::error::Result;

/// How one database's structure is changed.
pub trait Structure: Sync {
    /// Can it stand in a transaction? Of statements that are sent as written nobody knows: they are taken for such.
    fn fits_transaction(&self, op: &Op) -> bool;

    /// Does the database take this change as a statement of SQL files says it? Otherwise the change itself is made.
    fn takes(&self, op: &Op) -> bool;

    /// The statements that undo a change that is about to be made, from what the catalogue holds now. `None` where that cannot be told.
    ///
    /// # Errors
    /// When the database cannot be asked.
    fn inverse(&self, change: &Understood, connection: &mut dyn Connection) -> Result<Option<Vec<String>>>;

    /// Begins the work on these changes, which are all that one migration makes.
    fn alter(&self, changes: &[Written]) -> Box<dyn Alter + '_>;

    /// The lock that keeps two runs apart which record their versions in the same table.
    fn lock(&self, history: &TableName) -> Box<dyn RunLock + '_>;

    /// The kind of file system that the database stands on, if locks on it are not to be trusted.
    fn remote_files(&self) -> Option<String> {
        None
    }

    /// How a session behaves while migrations run on it.
    fn manners(&self) -> Box<dyn Manners + '_>;

    /// Who holds what this statement, which has just failed, was waiting for; `None` if that cannot be seen.
    ///
    /// # Errors
    /// When the database cannot be asked.
    fn blocker(&self, _sql: &str, _connection: &mut dyn Connection) -> Result<Option<String>> {
        Ok(None)
    }

    /// SQL for the number of the server's process, where there is a server.
    fn backend(&self) -> &'static str {
        "NULL"
    }

    /// What serves this connection.
    ///
    /// # Errors
    /// When the database cannot be asked.
    fn server(&self, connection: &mut dyn Connection) -> Result<Server>;

    /// How far the process that serves another connection has come. Not asked where there are no such processes.
    ///
    /// # Errors
    /// When the database cannot be asked.
    fn advance(&self, _backend: &str, _connection: &mut dyn Connection) -> Result<Advance> {
        Ok(Advance::default())
    }

    /// The prefix of this table, if it is to be found without one on this connection, else the one that it would be made in; `None` where there
    /// are no prefixes.
    ///
    /// # Errors
    /// When the database cannot be asked.
    fn home(&self, table: &TableName, connection: &mut dyn Connection) -> Result<Option<String>>;

    /// Was this change made, although nobody noted it?
    ///
    /// # Errors
    /// When the database cannot be asked.
    fn probe(&self, op: &Op, connection: &mut dyn Connection) -> Result<Probe>;

    /// A place with the same structure and without rows, where changes can be played through. `None` where their statements do not
    /// depend on what is there.
    ///
    /// # Errors
    /// When the structure cannot be read.
    fn rehearsal(&self, connection: &mut dyn Connection) -> Result<Option<Box<dyn Connection>>>;

    /// An empty database in memory, where the real one would be made by connecting to it.
    ///
    /// # Errors
    /// When it cannot be opened.
    fn nowhere(&self) -> Result<Box<dyn Connection>>;
}

/// A change, and its statements. They are not those that are sent where that depends on what is there.
#[derive(Debug, Clone)]
pub struct Written {
    /// The change.
    pub op: Op,
    /// In order.
    pub statements: Vec<String>,
}

/// What a statement of a SQL file means.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the types say it")]
#[expect(clippy::large_enum_variant, reason = "a file has a handful of them, for a moment")]
pub enum Understood {
    Op(Op),
    Comment(Remark),
}

/// Something that has a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What it is, as `COMMENT ON` says it: `TABLE`.
    pub on: &'static str,
    /// Its name: the words between the dots.
    pub path: Vec<String>,
}

/// Sends a statement, or only shows it.
pub type Emit<'s> = &'s mut dyn FnMut(&mut dyn Connection, &str) -> Result<()>;

/// The changes of one migration on one connection. The methods are called from top to bottom; [`leave`](Alter::leave) always, whatever
/// failed before.
pub trait Alter {
    /// Before the transaction begins.
    ///
    /// # Errors
    /// When the connection cannot be made ready.
    fn enter(&mut self, _connection: &mut dyn Connection, _emit: Emit<'_>) -> Result<()> {
        Ok(())
    }

    /// Inside it, before the first change.
    ///
    /// # Errors
    /// When the database cannot be asked.
    fn begun(&mut self, _connection: &mut dyn Connection) -> Result<()> {
        Ok(())
    }

    /// How many of these changes, from the first on, are made at once. At least one.
    fn together(&self, _changes: &[Written]) -> usize {
        1
    }

    /// Makes changes that belong together. Each statement that changes something goes through `emit`, here as before and after.
    ///
    /// # Errors
    /// When they do not fit what is there, or the database refuses one.
    fn apply(&mut self, changes: &[Written], connection: &mut dyn Connection, emit: Emit<'_>) -> Result<()>;

    /// Looks, before the transaction is committed, whether something was broken that the database does not watch over.
    ///
    /// # Errors
    /// What was broken.
    fn verify(&mut self, _connection: &mut dyn Connection) -> Result<()> {
        Ok(())
    }

    /// Leaves the connection as it was, after the transaction has ended one way or the other.
    ///
    /// # Errors
    /// When that cannot be done: the connection must not be used any more.
    fn leave(&mut self, _connection: &mut dyn Connection, _emit: Emit<'_>) -> Result<()> {
        Ok(())
    }
}

/// How a migration waits for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Does it run in a transaction?
    pub transaction: bool,
    /// How long a statement waits for a lock; `None` is the usual.
    pub lock_timeout: Option<Duration>,
    /// How long a statement may take; `None` is however long.
    pub timeout: Option<Duration>,
}

/// The settings of a session, changed for migrations and put back.
pub trait Manners {
    /// At the beginning of a run. `own` if nobody else uses the session meanwhile.
    ///
    /// # Errors
    /// When the database refuses a setting.
    fn enter(&mut self, _own: bool, _connection: &mut dyn Connection) -> Result<()> {
        Ok(())
    }

    /// For one migration, before its transaction begins.
    ///
    /// # Errors
    /// When the database refuses a setting.
    fn before(&mut self, _pace: Pace, _connection: &mut dyn Connection) -> Result<()> {
        Ok(())
    }

    /// For these changes: inside their transaction, if they have one.
    ///
    /// # Errors
    /// When the database refuses a setting.
    fn adopt(&mut self, _pace: Pace, _changes: &[Written], _connection: &mut dyn Connection) -> Result<()> {
        Ok(())
    }

    /// At the end of a run: as it was before.
    ///
    /// # Errors
    /// When the database refuses a setting.
    fn leave(&mut self, _connection: &mut dyn Connection) -> Result<()> {
        Ok(())
    }

    /// Does a statement that is refused spoil the whole transaction?
    fn spoils_transaction(&self) -> bool {
        false
    }

    /// Does the database itself keep the limit of [`Pace::timeout`]?
    fn limits_statements(&self) -> bool {
        false
    }
}

/// Leaves a session as it is.
pub struct AsItIs;

impl Manners for AsItIs {}

/// Keeps runs apart. Whoever holds it loses it with the connection, or with the process, and not before.
pub trait RunLock {
    /// Takes it if it is free. Never waits.
    ///
    /// # Errors
    /// When the database cannot be asked.
    fn try_acquire(&mut self, connection: &mut dyn Connection) -> Result<bool>;

    /// Who holds it; `None` if that cannot be found out.
    ///
    /// # Errors
    /// When the database cannot be asked.
    fn holder(&mut self, connection: &mut dyn Connection) -> Result<Option<Holder>>;

    /// Lets it go.
    ///
    /// # Errors
    /// When it was not held any more: something between here and the database has changed the connection.
    fn release(&mut self, connection: &mut dyn Connection) -> Result<()>;
}

/// Who holds a lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// In a few words.
    pub description: String,
    /// The statement that would end it.
    pub remedy: Option<String>,
}

/// For a database that nobody else can reach.
pub struct NoLock;

impl RunLock for NoLock {
    fn try_acquire(&mut self, _connection: &mut dyn Connection) -> Result<bool> {
        Ok(true)
    }

    fn holder(&mut self, _connection: &mut dyn Connection) -> Result<Option<Holder>> {
        Ok(None)
    }

    fn release(&mut self, _connection: &mut dyn Connection) -> Result<()> {
        Ok(())
    }
}

/// How far a change came that was begun and never noted as done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Probe {
    /// It was made.
    Done,
    /// It was not; these statements clear away what was left of it.
    Redo(Vec<String>),
    /// It was half made, and cannot be made anew; these statements make the rest of it.
    Finish(Vec<String>),
    /// The database is still at it: wait.
    Running,
    /// That cannot be seen.
    Unknown,
}
