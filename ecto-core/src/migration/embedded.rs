//! Migrations run by the application itself: at its start, or in a test.

use super::{Direction, Migrations, Migrator, Until};
use crate::adapter::{Role, Topology};
use crate::error::{MigrationError, Result};
use crate::repo::Repo;

impl Repo {
    /// Runs the migrations that were not run yet. Returns their versions, in the order in which they ran. Several processes may do so at once.
    ///
    /// ```
    /// # use ecto_core::prelude::*;
    /// # fn main() -> Result<(), Error> {
    /// struct CreateUsers;
    /// impl Migration for CreateUsers {
    ///     fn change(&self, m: &mut Change) {
    ///         m.create_table("users", |t| {
    ///             t.add("name", Type::String).not_null();
    ///         });
    ///     }
    /// }
    ///
    /// let repo = Repo::connect("sqlite::memory:")?;
    /// let migrations = Migrations::new().add(20261122093000, "create_users", CreateUsers);
    /// assert_eq!(repo.migrate(&migrations)?, [20261122093000]);
    /// assert!(repo.migrate(&migrations)?.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When the migrations contradict each other or one of them cannot be understood (then nothing has run), or when the database refuses
    /// one: that one is undone, those before it stay. Also inside a transaction, since each migration has one of its own.
    pub fn migrate(&self, migrations: &Migrations) -> Result<Vec<i64>> {
        self.run_migrations(migrations, Direction::Up, Until::All)
    }

    /// Undoes migrations, the newest first, as far as `until` says: `Until::Steps(1)` is the last one. Returns their versions.
    ///
    /// # Errors
    /// As [`migrate`](Repo::migrate); and when one of them cannot be undone: then nothing has run.
    pub fn rollback(&self, migrations: &Migrations, until: Until) -> Result<Vec<i64>> {
        self.run_migrations(migrations, Direction::Down, until)
    }

    fn run_migrations(&self, migrations: &Migrations, direction: Direction, until: Until) -> Result<Vec<i64>> {
        if self.in_transaction() {
            return Err(MigrationError::InTransaction.into());
        }
        let migrator = Migrator::new(self.adapter(), migrations);
        // A connection of its own: it holds the lock of the run, and goes with it.
        if self.adapter().topology() != Topology::Single {
            return migrator.run(direction, until, &mut |_| {});
        }
        let mut lease = self.take(false, Role::Writer)?;
        let versions = migrator.run_on(lease.connection_mut(), direction, until, &mut |_| {});
        lease.finish()?;
        versions
    }
}
