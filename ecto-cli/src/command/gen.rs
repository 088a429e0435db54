//! `ecto gen migration NAME`.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::Utc;
use serde_json::json;

use super::Context;
use crate::error::CliError;
use crate::scaffold::{editor, list, template};

/// What can be written.
#[derive(Debug, clap::Subcommand)]
pub enum Gen {
    /// A new migration: in SQL, or in Rust where `ecto.toml` names an application
    Migration(Migration),
}

#[derive(Debug, clap::Args)]
pub struct Migration {
    /// What it does: create_users
    name: String,
    /// In SQL
    #[arg(long, conflicts_with = "rust")]
    sql: bool,
    /// In Rust
    #[arg(long)]
    rust: bool,
}

pub fn run(command: &Gen, context: &mut Context<'_>) -> Result<u8, CliError> {
    let Gen::Migration(command) = command;
    let name = underscored(&command.name).ok_or_else(|| CliError::MigrationName { name: command.name.clone() })?;
    let rust = command.rust || (!command.sql && context.config.app.is_some());
    let folder = context.config.folder_for_new(rust);
    let present = entries(&folder)?;
    if let Some(file) = present.iter().find(|file| parts(file).is_some_and(|(_, other)| other == name)) {
        return Err(CliError::DuplicateName { path: folder.join(file).display().to_string() });
    }
    let version = unused_version(&present);
    let path = if rust { write_rust(&folder, version, &name, context)? } else { write_sql(&folder, version, &name, context)? };
    let shown = path.display().to_string();
    context.voice.lock().result(&shown, json!({"version": version, "name": name, "file": shown}));
    editor::open(&path)?;
    Ok(0)
}

/// Without a database there is no dialect to write in, and the file says only where things go.
fn write_sql(folder: &Path, version: i64, name: &str, context: &Context<'_>) -> Result<PathBuf, CliError> {
    let path = folder.join(format!("{version}_{name}.sql"));
    let adapter = context.adapter().ok();
    write(&path, &template::sql(name, adapter.as_deref())?)?;
    Ok(path)
}

/// The file, and its line in the list beside the folder. The list is looked at first, so that nothing is written if it cannot be kept up.
fn write_rust(folder: &Path, version: i64, name: &str, context: &mut Context<'_>) -> Result<PathBuf, CliError> {
    let module = format!("v{version}_{name}");
    let list = list::path(folder);
    let updated = list::with(&list, &module)?;
    let path = folder.join(format!("{module}.rs"));
    write(&path, &template::rust(name))?;
    if updated.is_new {
        context.voice.lock().note(&format!("{} is new: say `mod migrations;` where the program begins", list.display()));
    }
    write(&list, &updated.text)?;
    Ok(path)
}

fn write(path: &Path, text: &str) -> Result<(), CliError> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder
        .and_then(|()| fs::write(path, text))
        .map_err(|error| CliError::Write { path: path.display().to_string(), reason: error.to_string() })
}

/// The names in a folder; none if there is no folder yet.
fn entries(folder: &Path) -> Result<Vec<String>, CliError> {
    let failed = |error: std::io::Error| CliError::File { path: folder.display().to_string(), reason: error.to_string() };
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()).map_err(failed)).collect(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(failed(error)),
    }
}

/// `20261122093000_create_users.sql`, `v20261122093000_create_users.rs` -> version and name.
fn parts(file: &str) -> Option<(i64, &str)> {
    let stem = file.strip_suffix(".sql").or_else(|| file.strip_suffix(".rs")).unwrap_or(file);
    let (version, name) = stem.strip_prefix('v').unwrap_or(stem).split_once('_')?;
    Some((version.parse().ok()?, name))
}

/// Now, in UTC; a second later for each migration that has it already.
fn unused_version(present: &[String]) -> i64 {
    let taken = |version: &i64| present.iter().any(|file| parts(file).is_some_and(|(other, _)| other == *version));
    let seconds = (0..).map(|later| Utc::now() + chrono::Duration::seconds(later));
    let versions = seconds.filter_map(|at| at.format("%Y%m%d%H%M%S").to_string().parse().ok());
    versions.into_iter().find(|version| !taken(version)).unwrap_or(1)
}

/// `CreateUsers`, `create-users` and `create users` are `create_users`. `None` if it is no name.
fn underscored(name: &str) -> Option<String> {
    let mut words = String::new();
    for letter in name.chars() {
        let upper =
            letter.is_ascii_uppercase() && !words.is_empty() && !words.ends_with(|last: char| last == '_' || last.is_ascii_uppercase());
        match letter {
            _ if upper => words.extend(['_', letter.to_ascii_lowercase()]),
            '-' | ' ' | '_' => words.push('_'),
            _ if letter.is_ascii_alphanumeric() => words.push(letter.to_ascii_lowercase()),
            _ => return None,
        }
    }
    words.starts_with(|first: char| first.is_ascii_lowercase()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_underscored() {
        for name in ["create_users", "CreateUsers", "create-users", "create users"] {
            assert_eq!(underscored(name).as_deref(), Some("create_users"), "{name}");
        }
        for name in ["", "1_users", "a/b", "../x", "größe", "_x"] {
            assert_eq!(underscored(name), None, "{name}");
        }
    }

    #[test]
    fn a_file_is_known_by_version_and_name() {
        assert_eq!(parts("20_a_b.sql"), Some((20, "a_b")));
        assert_eq!(parts("v20_a_b.rs"), Some((20, "a_b")));
        assert_eq!(parts("20_a"), Some((20, "a")));
        assert_eq!(parts("README.md"), None);
    }
}
