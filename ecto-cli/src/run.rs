//! What `migrate`, `rollback` and `redo` share: their flags, and the run itself.

use std::time::{Duration, Instant};

use clap::ValueEnum;
use ecto_core::migration::{Direction, Event, LockKind, Migrator, Until};

use crate::command::{Context, Source};
use crate::config;
use crate::error::CliError;
use crate::output::Task;
use crate::place;
use crate::signal;

/// How far to go, and what to show.
#[derive(Debug, clap::Args)]
pub struct Reach {
    /// So many migrations
    #[arg(short = 'n', long, value_name = "NUMBER", conflicts_with_all = ["to", "to_exclusive", "all"])]
    step: Option<usize>,
    /// As far as this version, and this one too
    #[arg(long, value_name = "VERSION", conflicts_with_all = ["to_exclusive", "all"])]
    to: Option<i64>,
    /// As far as this version, but not this one
    #[arg(long, value_name = "VERSION", conflicts_with = "all")]
    to_exclusive: Option<i64>,
    /// All of them
    #[arg(long)]
    all: bool,
    /// Write nothing: show the SQL, as a script
    #[arg(long)]
    pub dry_run: bool,
    /// Show the SQL of each statement
    #[arg(long)]
    log_migrations_sql: bool,
    /// Show what the migrator itself sends: of transactions, versions, the lock and settings
    #[arg(long)]
    log_migrator_sql: bool,
    #[command(flatten)]
    ground: Ground,
}

impl Reach {
    fn until(&self, usual: Until) -> Until {
        let steps = self.step.map(Until::Steps);
        let version = self.to.map(Until::Version).or(self.to_exclusive.map(Until::Before));
        steps.or(version).unwrap_or(if self.all { Until::All } else { usual })
    }

    /// Are statements shown?
    pub fn shows_sql(&self) -> bool {
        self.dry_run || self.log_migrations_sql
    }
}

/// In which part of the database.
#[derive(Debug, clap::Args)]
pub struct Place {
    /// A named schema of the database, with versions of its own
    #[arg(long, value_name = "PREFIX")]
    prefix: Option<String>,
}

impl Place {
    pub fn applied_to<'m>(&self, migrator: Migrator<'m>) -> Migrator<'m> {
        match &self.prefix {
            Some(prefix) => migrator.prefix(prefix),
            None => migrator,
        }
    }
}

/// Where a run takes place, and how it behaves towards others.
#[derive(Debug, clap::Args)]
pub struct Ground {
    #[command(flatten)]
    place: Place,
    /// How long to wait for another run, or for a session that is in the way: 90s, 10min
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = duration)]
    lock_wait: Duration,
    /// How often to try a migration again that another session blocked
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    lock_retries: u32,
    /// What keeps two runs apart: a lock for the whole run, the rows of versions alone, or nothing
    #[arg(long, value_enum, value_name = "LOCK", default_value_t)]
    lock: Lock,
}

impl Ground {
    pub fn applied_to<'m>(&self, migrator: Migrator<'m>) -> Migrator<'m> {
        let migrator = self.place.applied_to(migrator).lock(self.lock.into()).lock_wait(self.lock_wait).lock_retries(self.lock_retries);
        match config::user() {
            Some(user) => migrator.applied_by(user),
            None => migrator,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Lock {
    #[default]
    Run,
    Row,
    None,
}

impl From<Lock> for LockKind {
    fn from(lock: Lock) -> LockKind {
        match lock {
            Lock::Run => LockKind::Run,
            Lock::Row => LockKind::Row,
            Lock::None => LockKind::None,
        }
    }
}

/// `500ms`, `90s`, `10min`, `0`.
fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().map_err(|_| "a number comes first, such as in 90s".to_owned())?;
    match unit.trim() {
        "ms" => Ok(Duration::from_millis(number)),
        "" | "s" => Ok(Duration::from_secs(number)),
        "m" | "min" => Ok(Duration::from_secs(number.saturating_mul(60))),
        unit => Err(format!("`{unit}` is no unit of time, expected ms, s or min")),
    }
}

/// Which way a run goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Up {
        strict: bool,
    },
    Down,
    /// Down, and up again.
    Again,
}

impl Way {
    fn command(self) -> &'static str {
        match self {
            Way::Up { .. } => "migrate",
            Way::Down => "rollback",
            Way::Again => "redo",
        }
    }

    fn usual(self) -> Until {
        match self {
            Way::Up { .. } => Until::All,
            Way::Down | Way::Again => Until::Steps(1),
        }
    }
}

/// Runs migrations, or shows what would run.
pub fn run(reach: &Reach, way: Way, mut context: Context<'_>) -> Result<u8, CliError> {
    let migrations = match context.migrations()? {
        Source::Done(code) => return Ok(code),
        Source::Here(migrations) => migrations,
    };
    let adapter = context.adapter()?;
    let until = reach.until(way.usual());
    let voice = context.voice.clone();
    let migrator = Migrator::new(&adapter, &migrations)
        .strict_version_order(way == Way::Up { strict: true })
        .log_migrator_sql(reach.log_migrator_sql)
        .listen(move |event| voice.lock().event(event));
    let migrator = reach.ground.applied_to(migrator);
    signal::stop(migrator.interrupt());
    if !reach.dry_run && !may_lose(&migrator, adapter.describe(), way, until, &mut context)? {
        return Err(CliError::Loss { database: adapter.describe().to_owned() });
    }
    context.voice.lock().begin(Task { command: way.command(), database: adapter.describe(), dry: reach.dry_run });
    let started = Instant::now();
    let mut report = |event: Event<'_>| context.voice.lock().event(event);
    match (way, reach.dry_run) {
        (Way::Up { .. }, false) => migrator.run(Direction::Up, until, &mut report),
        (Way::Down, false) => migrator.run(Direction::Down, until, &mut report),
        (Way::Again, false) => migrator.redo(until, &mut report),
        (Way::Up { .. }, true) => migrator.dry_run(Direction::Up, until, &mut report),
        (Way::Down, true) => migrator.dry_run(Direction::Down, until, &mut report),
        (Way::Again, true) => migrator.dry_redo(until, &mut report),
    }?;
    context.voice.lock().end(started.elapsed());
    Ok(0)
}

/// Asks before data is lost that is not on this machine.
fn may_lose(migrator: &Migrator<'_>, database: &str, way: Way, until: Until, context: &mut Context<'_>) -> Result<bool, CliError> {
    if place::is_local(database) || matches!(way, Way::Up { .. }) {
        return Ok(true);
    }
    let mut losses = Vec::new();
    migrator.dry_run(Direction::Down, until, &mut |event| {
        if let Event::Loss { version, name, what } = event {
            losses.push(format!("{version} {name}: {what}"));
        }
    })?;
    if losses.is_empty() {
        return Ok(true);
    }
    Ok(context.confirms(&format!("{}\nTake this away from {database}?", losses.join("\n"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_unit() {
        let read = |text| duration(text).map(|time| time.as_millis());
        assert_eq!(
            [read("500ms"), read("90s"), read("10min"), read("0"), read("2m")],
            [Ok(500), Ok(90_000), Ok(600_000), Ok(0), Ok(120_000)]
        );
        assert!(read("s").is_err() && read("1h").is_err() && read("-1s").is_err() && read("").is_err());
    }
}
