//! What an application brings along.

use ecto_core::migration::Migrations;

/// The program that the commands run in: `ecto` itself, or an application with migrations compiled into it.
#[derive(Default)]
pub struct App {
    migrations: Option<Migrations>,
}

impl App {
    /// No migrations but those in folders: `ecto` itself.
    #[must_use]
    pub fn new() -> Self {
        App::default()
    }

    /// The migrations that are compiled into the program: `migrations::all()`. A folder of SQL migrations is read besides only
    /// where `--migrations-path` or `ecto.toml` names one.
    #[must_use]
    pub fn migrations(mut self, migrations: Migrations) -> Self {
        self.migrations = Some(match self.migrations.take() {
            Some(others) => others.merge(migrations),
            None => migrations,
        });
        self
    }

    /// The compiled migrations; `None` in `ecto` itself.
    pub(crate) fn into_migrations(self) -> Option<Migrations> {
        self.migrations
    }
}
