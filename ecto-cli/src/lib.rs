//! The command line of `ecto_core`: databases made and dropped, migrations written and run.
//!
//! As a program it is called `ecto` and runs folders of SQL migrations. As a library it gives an application the same commands for
//! the migrations that are compiled into it:
//!
//! ```no_run
//! use ecto_core::migration::Migrations;
//!
//! fn main() -> std::process::ExitCode {
//!     ecto_cli::main(ecto_cli::App::new().migrations(Migrations::new()))
//! }
//! ```
//!
//! A command parses, calls the library, and hands each event to `output`. Nothing is decided here that an application could not decide
//! by `ecto_core` alone.

mod app;
mod cli;
mod command;
mod config;
mod delegate;
mod error;
mod output;
mod place;
mod run;
mod scaffold;
mod signal;

pub use app::App;

use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the command that the program was called with. Returns the exit code: 0 done, 1 failed, 2 called wrongly,
/// 3 migrations wait (`migrations --exit-code`), 4 migrations contradict each other, 5 a lock was not obtained in time,
/// 6 a migration stopped half-way and needs `repair`, 130 interrupted.
#[must_use]
pub fn main(app: App) -> ExitCode {
    run(app, config::arguments())
}

/// The same with these arguments, the program's name first: for an application with commands of its own.
#[must_use]
pub fn run(app: App, arguments: Vec<OsString>) -> ExitCode {
    let parsed = cli::parse(&arguments);
    let voice = cli::manner(&parsed, &arguments).voice();
    let outcome = parsed.and_then(|cli| command::run(app, cli, &arguments, voice.clone()));
    match outcome {
        Ok(code) => {
            voice.lock().close(None);
            ExitCode::from(code)
        }
        Err(error) => {
            voice.lock().close(Some(&error));
            ExitCode::from(error.exit_code())
        }
    }
}
