//! The program `ecto`, where the transcripts find it: cargo tells a test only of the programs of its own package.

use std::process::ExitCode;

fn main() -> ExitCode {
    ecto_cli::main(ecto_cli::App::new())
}
