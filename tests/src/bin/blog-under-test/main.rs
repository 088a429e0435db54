//! An application with migrations compiled into it, for the transcripts.

mod migrations;

use std::process::ExitCode;

fn main() -> ExitCode {
    ecto_cli::main(ecto_cli::App::new().migrations(migrations::all()))
}
