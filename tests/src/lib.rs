//! The shared suite: each behaviour once, run on every database.
//!
//! A [`Case`](case::Case) is a function, the rows of Ecto's behaviour that it proves, and what it needs of a database. A [`Setup`](setup::Setup) says how to
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
pub mod parity;
mod runner;
pub mod scenario;
pub mod server;
pub mod setup;
mod stage;

pub use runner::{run, run_everywhere, run_everywhere_unless, without_server};
pub use stage::Stage;
