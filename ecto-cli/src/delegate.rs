//! Runs the application's own commands in place of ours, by cargo: only the application has its compiled migrations.

use std::ffi::OsString;
use std::process::Command;

use crate::config::App;
use crate::error::CliError;

/// Runs the same command in the application. Returns its exit code.
pub fn run(app: &App, arguments: &[OsString]) -> Result<u8, CliError> {
    let failed = |reason: String| CliError::Delegate { package: app.package.clone(), reason };
    let mut cargo = Command::new("cargo");
    cargo.args(["run", "-q", "-p", &app.package]);
    if let Some(program) = &app.program {
        cargo.args(["--bin", program]);
    }
    crate::signal::wait();
    let status = cargo.arg("--").args(arguments.iter().skip(1)).status().map_err(|error| failed(error.to_string()))?;
    match status.code() {
        // Cargo's own failure: the package does not exist, or does not compile. It has said so itself.
        Some(101) => Err(failed("cargo failed".into())),
        Some(code) => Ok(u8::try_from(code).unwrap_or(1)),
        None => Err(failed("it was killed".into())),
    }
}
