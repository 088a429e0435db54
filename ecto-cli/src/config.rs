//! Flags, environment and `ecto.toml` brought together, in this order. The only place that reads the environment.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::cli::Global;
use crate::error::CliError;

/// Where settings are looked for if nobody says where.
const FILE: &str = "ecto.toml";
/// Where SQL migrations are if nobody says where.
const SQL_FOLDER: &str = "migrations";
/// Where Rust migrations are.
const RUST_FOLDER: &str = "src/migrations";

/// Where the database is, and the migrations.
#[derive(Debug, Default)]
pub struct Config {
    url: Option<String>,
    /// Folders that somebody named.
    named: Vec<PathBuf>,
    /// The package that holds the compiled migrations, and perhaps its program.
    pub app: Option<App>,
}

/// The application whose commands are run in place of our own.
#[derive(Debug, Clone)]
pub struct App {
    pub package: String,
    pub program: Option<String>,
}

/// What `ecto.toml` may say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    url: Option<String>,
    migrations_path: Option<OneOrMany>,
    app: Option<String>,
    bin: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(PathBuf),
    Many(Vec<PathBuf>),
}

/// What the program was called with.
pub fn arguments() -> Vec<OsString> {
    env::args_os().collect()
}

/// The program in which new files are opened.
pub fn editor() -> Option<String> {
    env::var("ECTO_EDITOR").ok().filter(|editor| !editor.trim().is_empty())
}

/// Who runs the program.
pub fn user() -> Option<String> {
    ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| env::var(name).ok()).filter(|user| !user.is_empty())
}

impl Config {
    /// Reads everything.
    pub fn load(global: &Global) -> Result<Config, CliError> {
        let settings = settings(global.config.as_deref())?;
        let url = global.url.clone().or_else(|| env::var("DATABASE_URL").ok().filter(|url| !url.is_empty())).or(settings.url);
        let named = match settings.migrations_path {
            _ if !global.migrations_path.is_empty() => global.migrations_path.clone(),
            Some(OneOrMany::One(path)) => vec![path],
            Some(OneOrMany::Many(paths)) => paths,
            None => Vec::new(),
        };
        let app = settings.app.map(|package| App { package, program: settings.bin });
        Ok(Config { url, named, app })
    }

    /// The database's URL.
    pub fn url(&self) -> Result<&str, CliError> {
        self.url.as_deref().ok_or(CliError::NoUrl)
    }

    /// The folders that somebody named.
    pub fn named_folders(&self) -> &[PathBuf] {
        &self.named
    }

    /// The folders of SQL migrations.
    pub fn sql_folders(&self) -> Vec<PathBuf> {
        match &self.named[..] {
            [] => vec![PathBuf::from(SQL_FOLDER)],
            named => named.to_vec(),
        }
    }

    /// The folder of Rust migrations, if there is one with migrations in it.
    pub fn rust_folder(&self) -> Option<PathBuf> {
        let folders = if self.named.is_empty() { vec![PathBuf::from(RUST_FOLDER)] } else { self.named.clone() };
        folders.into_iter().find(|folder| holds_rust(folder))
    }

    /// Where a new file goes: the first folder that somebody named, or the usual one.
    pub fn folder_for_new(&self, rust: bool) -> PathBuf {
        let usual = if rust { RUST_FOLDER } else { SQL_FOLDER };
        self.named.first().cloned().unwrap_or_else(|| PathBuf::from(usual))
    }
}

/// Is there a `v20261122093000_create_users.rs`?
fn holds_rust(folder: &Path) -> bool {
    let is_migration = |name: &str| {
        let digit = name.strip_prefix('v').is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
        digit && name.ends_with(".rs")
    };
    fs::read_dir(folder).is_ok_and(|entries| entries.flatten().any(|entry| entry.file_name().to_str().is_some_and(is_migration)))
}

fn settings(named: Option<&Path>) -> Result<Settings, CliError> {
    let path = named.unwrap_or(Path::new(FILE));
    let shown = || path.display().to_string();
    match fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text).map_err(|error| CliError::Settings {
            path: shown(),
            reason: error.message().to_owned(),
            line: line(&text, error.span()),
        }),
        Err(error) if error.kind() == ErrorKind::NotFound && named.is_none() => Ok(Settings::default()),
        Err(error) => Err(CliError::File { path: shown(), reason: error.to_string() }),
    }
}

fn line(text: &str, span: Option<std::ops::Range<usize>>) -> usize {
    span.and_then(|span| text.get(..span.start)).map_or(1, |before| before.matches('\n').count() + 1)
}
