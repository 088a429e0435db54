//! What a case is given: an empty database, for itself.

use std::any::Any;
use std::error::Error;

use ecto_core::Repo;
use ecto_core::capability::Capabilities;

use crate::setup::Setup;

/// What a case is given.
pub struct Stage {
    /// A handle to the database.
    pub repo: Repo,
    /// How to reach it again.
    pub url: String,
    words: &'static str,
    /// Goes last.
    _keep: Box<dyn Any + Send + Sync>,
}

impl Stage {
    /// An empty database, open.
    ///
    /// # Errors
    /// When it cannot be had or opened.
    pub fn set(setup: &impl Setup) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let (url, keep) = setup.empty_database()?;
        Ok(Stage { repo: Repo::connect(&url)?, url, words: setup.words(), _keep: keep })
    }

    /// What the database can do.
    #[must_use]
    pub fn capabilities(&self) -> &'static Capabilities {
        self.repo.capabilities()
    }

    /// SQL of this database: `{word}` is replaced by how it spells it.
    #[must_use]
    pub fn sql(&self, text: &str) -> String {
        let words = self.words.split("; ").filter_map(|word| word.trim().split_once('='));
        words.fold(text.to_owned(), |sql, (word, spelled)| sql.replace(&format!("{{{word}}}"), spelled))
    }

    /// Runs statements without parameters, one after the other.
    ///
    /// # Errors
    /// What the database said.
    pub fn run(&self, statements: &[&str]) -> ecto_core::Result<()> {
        statements.iter().try_for_each(|statement| self.repo.query(&self.sql(statement), ()).map(drop))
    }
}
