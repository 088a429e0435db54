//! `ecto drop`.

use std::io::{IsTerminal as _, stdin};

use super::Context;
use crate::error::CliError;
use crate::output;

/// Drops the database. Asks first if it is not on this machine.
#[derive(Debug, clap::Args)]
pub struct Drop {
    /// Do not ask
    #[arg(short, long)]
    force: bool,
    /// End the sessions of others first
    #[arg(long)]
    force_drop: bool,
}

pub fn run(command: &Drop, context: &Context<'_>) -> Result<u8, CliError> {
    let adapter = context.adapter()?;
    let database = adapter.describe();
    if !command.force && !is_local(database) && !confirmed(database) {
        return Err(CliError::Remote { database: database.to_owned() });
    }
    let dropped = adapter.storage().drop(command.force_drop)?;
    if !context.quiet {
        let outcome = if dropped { "has been dropped" } else { "has already been dropped" };
        output::result(&format!("The database {database} {outcome}"));
    }
    Ok(0)
}

/// Asks where somebody can answer.
fn confirmed(database: &str) -> bool {
    if !stdin().is_terminal() {
        return false;
    }
    output::question(&format!("Drop {database} with everything in it? [y/N]"));
    let mut answer = String::new();
    stdin().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
}

/// Is it a file, or a server on this machine, by what the URL says?
fn is_local(database: &str) -> bool {
    let Some((_, rest)) = database.split_once("://") else { return true };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let hosts = authority.rsplit('@').next().unwrap_or_default();
    let local = |host: &str| {
        let name =
            host.strip_prefix('[').and_then(|host| host.split(']').next()).unwrap_or_else(|| host.split(':').next().unwrap_or_default());
        name.is_empty() || name.starts_with('%') || matches!(name, "localhost" | "127.0.0.1" | "::1")
    };
    database.starts_with("sqlite:") || hosts.split(',').all(local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_on_this_machine_is_known_by_its_host() {
        let here = [
            "sqlite://a.db",
            "sqlite::memory:",
            "postgres://u@localhost/x",
            "postgres://127.0.0.1:5432/x",
            "postgres://[::1]:5432/x",
            "postgres:///x",
        ];
        let there =
            ["postgres://u@db.example/x", "postgres://localhost,db/x", "postgres://u@10.0.0.1:5432/x", "postgres://localhost.example/x"];
        assert!(here.into_iter().all(is_local));
        assert!(!there.into_iter().any(is_local));
    }
}
