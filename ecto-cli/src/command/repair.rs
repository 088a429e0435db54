//! `ecto repair`.

use ecto_core::migration::{Event, Migrator};
use serde_json::json;

use super::{Context, Source};
use crate::error::CliError;
use crate::run::Ground;
use crate::signal;

/// Corrects what is recorded, where only a person knows what was done. Runs no migration.
#[derive(Debug, clap::Args)]
#[group(id = "what", required = true, multiple = false, args = ["version", "mark_applied", "mark_pending", "accept_hash"])]
pub struct Repair {
    /// The migration that stopped half-way
    #[arg(value_name = "VERSION", requires = "step")]
    version: Option<i64>,
    /// Its step, counted from 1
    #[arg(long, value_name = "NUMBER", requires = "outcome", conflicts_with_all = ["mark_applied", "mark_pending", "accept_hash"])]
    step: Option<usize>,
    /// The step was done: the next run goes on behind it
    #[arg(long, group = "outcome", requires = "step")]
    done: bool,
    /// The step was not done: the next run does it
    #[arg(long, group = "outcome", requires = "step")]
    redo: bool,
    /// Record a version as run, and run nothing
    #[arg(long, value_name = "VERSION")]
    mark_applied: Option<i64>,
    /// Forget that a version was run, and undo nothing
    #[arg(long, value_name = "VERSION")]
    mark_pending: Option<i64>,
    /// Take what a version does now for what it did when it was run
    #[arg(long, value_name = "VERSION")]
    accept_hash: Option<i64>,
    #[command(flatten)]
    ground: Ground,
}

pub fn run(command: &Repair, mut context: Context<'_>) -> Result<u8, CliError> {
    let migrations = match context.migrations()? {
        Source::Done(code) => return Ok(code),
        Source::Here(migrations) => migrations,
    };
    let adapter = context.adapter()?;
    let migrator = command.ground.applied_to(Migrator::new(&adapter, &migrations));
    signal::stop(migrator.interrupt());
    let mut report = |event: Event<'_>| context.voice.lock().event(event);
    let (version, changed, line) = command.correct(&migrator, &mut report)?;
    let facts = json!({"version": version, "changed": changed});
    context.voice.lock().result(&format!("{version} {line}"), facts);
    Ok(0)
}

impl Repair {
    /// The version, whether anything was changed, and what is so now.
    fn correct(&self, migrator: &Migrator<'_>, report: &mut dyn FnMut(Event<'_>)) -> Result<(i64, bool, String), CliError> {
        if let Some(version) = self.mark_applied {
            let changed = migrator.mark_applied(version, report)?;
            return Ok((version, changed, if changed { "is recorded as run" } else { "was recorded as run already" }.into()));
        }
        if let Some(version) = self.mark_pending {
            let changed = migrator.mark_pending(version, report)?;
            return Ok((version, changed, if changed { "is recorded as not run" } else { "was not recorded as run" }.into()));
        }
        if let Some(version) = self.accept_hash {
            migrator.accept_hash(version)?;
            return Ok((version, true, "is recorded as it is now".into()));
        }
        let (version, step) = (self.version.unwrap_or_default(), self.step.unwrap_or_default());
        match self.done {
            true => migrator.step_done(version, step, report)?,
            false => migrator.step_redo(version, step, report)?,
        }
        let state = if self.done { "done" } else { "not done" };
        Ok((version, true, format!("is begun: step {step} is recorded as {state}; `ecto migrate` goes on")))
    }
}
