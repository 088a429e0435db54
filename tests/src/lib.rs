//! The shared suite: each behaviour once, run on every database.
//!
//! A [`Case`](case::Case) is a function, the rows of Ecto's behaviour that it proves, and what it needs of a database. A [`Setup`] says how to
//! reach one database. [`run`] runs the cases there, says which rows they proved, and fails where docs/ecto-parity.md says otherwise.
//! Nothing here asks which database it is on: what one of them lacks is a capability, and its refusal a case of its own.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and says why on the terminal"
)]

pub mod case;
mod parity;
mod runner;
pub mod server;

use std::any::Any;
use std::error::Error;

use ecto_core::capability::Capabilities;

pub use runner::{run, without_server};

/// One database, and how to get an empty one of it for each case.
pub trait Setup: Send + Sync + 'static {
    /// What it is called.
    fn database(&self) -> &'static str;

    /// What it can do.
    fn capabilities(&self) -> &'static Capabilities;

    /// An empty database that no other case uses.
    ///
    /// # Errors
    /// When it cannot be had.
    fn stage(&self) -> Result<Stage, Box<dyn Error>>;

    /// Cleans up after all cases.
    fn finish(&self) {}
}

/// What a case is given: an empty database, for itself.
pub struct Stage {
    /// How to reach it.
    pub url: String,
    /// Goes when the case ends.
    _keep: Box<dyn Any>,
}

impl Stage {
    /// The database of this URL; `keep` is dropped after it.
    pub fn new(url: impl Into<String>, keep: impl Any) -> Self {
        Stage { url: url.into(), _keep: Box::new(keep) }
    }
}
