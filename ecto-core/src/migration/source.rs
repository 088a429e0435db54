//! Where migrations come from: built into the program, or read from folders.

use std::fs;
use std::path::{Path, PathBuf};

use super::describe::Script;
use super::ground::Ground;
use super::prepare::prepare;
use super::schedule::{Direction, Entry};
use super::sql::{SqlFile, for_database, obstacle};
use super::work::Work;
use super::{Migration, MigrationOptions, hash};
use crate::adapter::Adapter;
use crate::ddl::{Op, Origin};
use crate::error::{Error, MigrationError, Result};

/// All migrations that there are, in any order.
///
/// `migrations!` makes it from a folder of modules; [`add`](Migrations::add) takes single ones, [`folder`](Migrations::folder) reads SQL files.
#[derive(Default)]
pub struct Migrations {
    list: Vec<Available>,
    /// The first version that cannot be one.
    wrong: Option<i64>,
    /// Files that look like migrations and are none.
    ignored: Vec<String>,
}

/// One migration, not looked into yet.
pub(super) struct Available {
    pub version: i64,
    pub name: String,
    body: Body,
}

enum Body {
    Rust(Box<dyn Migration>),
    Sql { up: Text, down: Option<Text> },
}

/// What one migration does in one direction.
pub(super) struct Described {
    pub works: Vec<Work>,
    pub options: MigrationOptions,
    pub undo: Undo,
    /// Where the statements stand that the database does not take, by what is done instead.
    pub origins: Vec<(Op, Origin)>,
}

/// What is known, before a migration runs, of what undoes it.
pub(super) enum Undo {
    /// It says so itself.
    Said,
    /// It is made from the catalogue, and recorded.
    Recorded,
    /// Nothing does.
    Never(Error),
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

    /// Those of a folder of SQL files besides, and of the folders in it: `VERSION_name.sql`, or folders `VERSION_name` with `up.sql` and
    /// `down.sql`. Files of other kinds are passed over; of one that looks like a migration ([`ignored`](Migrations::ignored)) a run tells.
    ///
    /// # Errors
    /// When a folder or a file cannot be read, or an SQL file is not named like a migration.
    pub fn folder(mut self, path: impl AsRef<Path>) -> Result<Self> {
        self.search(path.as_ref())?;
        Ok(self)
    }

    fn search(&mut self, path: &Path) -> Result<()> {
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
            match kind(&path) {
                Kind::Folder => self.search(&path)?,
                Kind::Migration => self.list.push(read(path)?),
                Kind::LooksLikeOne => self.ignored.push(path.display().to_string()),
                Kind::Other => {}
            }
        }
        Ok(())
    }

    /// Files that look like migrations and are passed over: `1_users.SQL`, `1_users.sql.bak`.
    #[must_use]
    pub fn ignored(&self) -> &[String] {
        &self.ignored
    }

    /// Those of another list besides.
    #[must_use]
    pub fn merge(mut self, other: Migrations) -> Self {
        self.wrong = self.wrong.or(other.wrong);
        self.list.extend(other.list);
        self.ignored.extend(other.ignored);
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

    /// What it does there. `recorded` is what undoes it, where that was recorded when it was applied.
    pub(super) fn describe(&self, direction: Direction, ground: Ground<'_>, recorded: Option<&str>) -> Result<Described> {
        match &self.body {
            Body::Rust(migration) => {
                let script = Script { migration: migration.as_ref(), prefix: ground.prefix };
                let (works, undone) = match direction {
                    Direction::Up => script.describe_there()?,
                    Direction::Down => (script.describe(direction)?, Ok(())),
                };
                let undo = undone.map_or_else(Undo::Never, |()| Undo::Said);
                Ok(Described { works, options: migration.options(), undo, origins: Vec::new() })
            }
            Body::Sql { up, down } => {
                let syntax = ground.adapter.ddl().syntax();
                let file = SqlFile::parse(up, down.as_ref(), syntax)?;
                let options = file.options;
                let undo = match direction {
                    Direction::Up => undo_of(&file, ground),
                    Direction::Down => Undo::Said,
                };
                let ops = match (direction, &file.down, recorded) {
                    (Direction::Up, _, _) => file.up,
                    (Direction::Down, Some(down), _) => down.clone(),
                    (Direction::Down, None, Some(recorded)) => SqlFile::recorded(recorded, syntax)?,
                    (Direction::Down, None, None) => {
                        return Err(match undo_of(&file, ground) {
                            Undo::Never(error) => error,
                            Undo::Said | Undo::Recorded => MigrationError::NotRecorded.into(),
                        });
                    }
                };
                let mut described = Described { works: Vec::new(), options, undo, origins: Vec::new() };
                ops.into_iter().for_each(|op| described.add(op, ground.adapter));
                Ok(described)
            }
        }
    }

    /// What it does on the way there, in a short text that can be compared.
    pub(super) fn hash(&self, ground: Ground<'_>) -> Result<Option<String>> {
        match self.text_hash() {
            Some(hash) => Ok(Some(hash)),
            None => prepare(self, Direction::Up, ground, None).map(|prepared| prepared.detail.hash),
        }
    }

    /// The same of a file, which is its text.
    pub(super) fn text_hash(&self) -> Option<String> {
        match &self.body {
            Body::Rust(_) => None,
            Body::Sql { up: (_, text), .. } => Some(hash::of_text(text)),
        }
    }

    /// How it is run.
    pub(super) fn options(&self, ground: Ground<'_>) -> Result<MigrationOptions> {
        match &self.body {
            Body::Rust(migration) => Ok(migration.options()),
            Body::Sql { up, down } => Ok(SqlFile::parse(up, down.as_ref(), ground.adapter.ddl().syntax())?.options),
        }
    }
}

impl Described {
    /// A statement of a file.
    fn add(&mut self, op: Op, adapter: &dyn Adapter) {
        let origin = match &op {
            Op::Execute(raw) => raw.up.origin.clone(),
            _ => None,
        };
        for op in for_database(op, adapter) {
            if let (Some(origin), false) = (&origin, matches!(op, Op::Execute(_))) {
                self.origins.push((op.clone(), origin.clone()));
            }
            self.works.push(Work::Op(op));
        }
    }
}

/// A file says how to go back, or all that it does is understood.
fn undo_of(file: &SqlFile, ground: Ground<'_>) -> Undo {
    if file.down.is_some() {
        return Undo::Said;
    }
    match obstacle(&file.up, ground.adapter.ddl()) {
        Some(error) => Undo::Never(error.into()),
        None => Undo::Recorded,
    }
}

/// What a path in a folder of migrations is.
enum Kind {
    Migration,
    /// It is searched, too.
    Folder,
    LooksLikeOne,
    Other,
}

fn kind(path: &Path) -> Kind {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_named = parse_name(path).is_some();
    if path.is_dir() {
        // A link could lead round in a circle, and what begins with a dot belongs to a tool.
        let searched = !is_named && !path.is_symlink() && !name.starts_with('.');
        return if is_named {
            Kind::Migration
        } else if searched {
            Kind::Folder
        } else {
            Kind::Other
        };
    }
    match path.extension() {
        Some(extension) if extension == "sql" => Kind::Migration,
        Some(_) if is_named && name.contains(".sql") => Kind::LooksLikeOne,
        _ => Kind::Other,
    }
}

/// The migration at a path.
fn read(path: PathBuf) -> Result<Available> {
    let (version, name) = parse_name(&path).ok_or_else(|| MigrationError::FileName { path: path.display().to_string() })?;
    let (up, down) = match path.is_dir() {
        true => read_folder(&path)?,
        false => (read_text(path)?, None),
    };
    Ok(Available { version, name, body: Body::Sql { up, down } })
}

type Text = (PathBuf, String);

fn read_folder(path: &Path) -> Result<(Text, Option<Text>)> {
    let [up, down] = ["up.sql", "down.sql"].map(|file| path.join(file));
    if !up.exists() {
        return Err(MigrationError::NoUpFile { path: path.display().to_string() }.into());
    }
    let down = if down.exists() { Some(read_text(down)?) } else { None };
    Ok((read_text(up)?, down))
}

fn read_text(path: PathBuf) -> Result<Text> {
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
