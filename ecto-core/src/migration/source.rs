//! Where migrations come from: built into the program, or read from folders.

use std::fs;
use std::path::{Path, PathBuf};

use super::schedule::{Direction, Entry};
use super::sql::SqlFile;
use super::work::Work;
use super::{Change, Migration, MigrationOptions};
use crate::capability::Syntax;
use crate::error::{MigrationError, Result};

/// All migrations that there are, in any order.
///
/// `migrations!` makes it from a folder of modules; [`add`](Migrations::add) takes single ones, [`folder`](Migrations::folder) reads SQL files.
#[derive(Default)]
pub struct Migrations {
    list: Vec<Available>,
    /// The first version that cannot be one.
    wrong: Option<i64>,
}

/// One migration, not looked into yet.
pub(super) struct Available {
    pub version: i64,
    pub name: String,
    body: Body,
}

enum Body {
    Rust(Box<dyn Migration>),
    Sql { up: (PathBuf, String), down: Option<(PathBuf, String)> },
}

/// What one migration does in one direction.
pub(super) struct Described {
    pub works: Vec<Work>,
    pub options: MigrationOptions,
}

impl Migrations {
    /// None.
    #[must_use]
    pub fn new() -> Self {
        Migrations::default()
    }

    /// One more, by its version and name.
    #[must_use]
    pub fn add(mut self, version: i64, name: impl Into<String>, migration: impl Migration + 'static) -> Self {
        if version <= 0 {
            self.wrong.get_or_insert(version);
        }
        self.list.push(Available { version, name: name.into(), body: Body::Rust(Box::new(migration)) });
        self
    }

    /// One more in SQL: the name of its file, which errors show, and its text; and those of the file that undoes it, if it does not say so itself.
    #[must_use]
    pub fn add_sql(mut self, version: i64, name: impl Into<String>, up: (&str, &str), down: Option<(&str, &str)>) -> Self {
        if version <= 0 {
            self.wrong.get_or_insert(version);
        }
        let file = |(path, text): (&str, &str)| (PathBuf::from(path), text.to_owned());
        self.list.push(Available { version, name: name.into(), body: Body::Sql { up: file(up), down: down.map(file) } });
        self
    }

    /// Those of a folder of SQL files besides: `VERSION_name.sql`, or folders `VERSION_name` with `up.sql` and `down.sql`. Files of
    /// other kinds are passed over.
    ///
    /// # Errors
    /// When the folder or a file cannot be read, or an SQL file is not named like a migration.
    pub fn folder(mut self, path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let entries = fs::read_dir(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => MigrationError::NoFolder { path: path.display().to_string() },
            _ => unreadable(path, &error),
        })?;
        let mut paths = Vec::new();
        for entry in entries {
            paths.push(entry.map_err(|error| unreadable(path, &error))?.path());
        }
        paths.sort();
        for path in paths {
            self.list.extend(read(path)?);
        }
        Ok(self)
    }

    /// Those of another list besides.
    #[must_use]
    pub fn merge(mut self, other: Migrations) -> Self {
        self.wrong = self.wrong.or(other.wrong);
        self.list.extend(other.list);
        self
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn list(&self) -> Result<&[Available]> {
        match self.wrong {
            Some(version) => Err(MigrationError::Version { version }.into()),
            None => Ok(&self.list),
        }
    }
}

impl Available {
    pub(super) fn entry(&self) -> Entry<'_> {
        Entry { version: self.version, name: &self.name }
    }

    /// What it does; SQL is cut into statements by the database's syntax.
    pub(super) fn describe(&self, direction: Direction, syntax: &Syntax) -> Result<Described> {
        match &self.body {
            Body::Rust(migration) => Ok(Described { works: Change::of(migration.as_ref(), direction)?, options: migration.options() }),
            Body::Sql { up, down } => {
                let file = SqlFile::parse(up, down.as_ref(), syntax)?;
                let ops = match direction {
                    Direction::Up => file.up,
                    Direction::Down => file.down.ok_or(MigrationError::NoWayBack)?,
                };
                Ok(Described { works: ops.into_iter().map(Work::Op).collect(), options: file.options })
            }
        }
    }
}

/// The migration at a path, if it is one.
fn read(path: PathBuf) -> Result<Option<Available>> {
    if path.is_dir() {
        return read_folder(&path);
    }
    if path.extension().is_none_or(|extension| extension != "sql") {
        return Ok(None);
    }
    let (version, name) = parse_name(&path).ok_or_else(|| MigrationError::FileName { path: path.display().to_string() })?;
    let up = read_text(path)?;
    Ok(Some(Available { version, name, body: Body::Sql { up, down: None } }))
}

fn read_folder(path: &Path) -> Result<Option<Available>> {
    let Some((version, name)) = parse_name(path) else { return Ok(None) };
    let [up, down] = ["up.sql", "down.sql"].map(|file| path.join(file));
    if !up.exists() {
        return Err(MigrationError::NoUpFile { path: path.display().to_string() }.into());
    }
    let down = if down.exists() { Some(read_text(down)?) } else { None };
    Ok(Some(Available { version, name, body: Body::Sql { up: read_text(up)?, down } }))
}

fn read_text(path: PathBuf) -> Result<(PathBuf, String)> {
    match fs::read_to_string(&path) {
        Ok(text) => Ok((path, text)),
        Err(error) => Err(unreadable(&path, &error).into()),
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> MigrationError {
    MigrationError::Unreadable { path: path.display().to_string(), reason: error.to_string() }
}

/// `20261122093000_create_users` -> version and name.
fn parse_name(path: &Path) -> Option<(i64, String)> {
    let (version, name) = path.file_stem()?.to_str()?.split_once('_')?;
    let version = version.bytes().all(|byte| byte.is_ascii_digit()).then(|| version.parse().ok())??;
    (version > 0 && !name.is_empty()).then(|| (version, name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_version_and_words() {
        let name = |text: &str| parse_name(Path::new(text));
        assert_eq!(name("m/20261122093000_create_users.sql"), Some((20_261_122_093_000, "create_users".into())));
        assert_eq!(name("1_a_b"), Some((1, "a_b".into())));
        for wrong in ["users.sql", "_users.sql", "1_.sql", "0_x.sql", "+1_x.sql", "1x_y.sql", "99999999999999999999_x.sql"] {
            assert_eq!(name(wrong), None, "{wrong}");
        }
    }
}
