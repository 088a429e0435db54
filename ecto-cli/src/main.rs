//! The program `ecto`.

use std::process::ExitCode;

fn main() -> ExitCode {
    ecto_cli::main(ecto_cli::App::new())
}
