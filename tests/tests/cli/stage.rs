//! Where a transcript is played: an empty folder with the case's files in it, and a database of its own.

use std::fs;
use std::path::Path;
use std::process::{self, Command};
use std::sync::atomic::{AtomicU32, Ordering};

use ecto_tests::server;
use tempfile::TempDir;

use super::doorman::Doorman;
use super::inspect;
use super::mask::mask;
use super::transcript::Said;

/// The SQLite database of a case. Never masked: hints name it, too.
const FILE: &str = "blog.db";

/// On which database a case is played.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Database {
    Sqlite,
    Postgres,
}

impl Database {
    pub fn name(self) -> &'static str {
        match self {
            Database::Sqlite => "sqlite",
            Database::Postgres => "postgres",
        }
    }
}

/// A stage; its database goes with it.
pub struct Stage {
    folder: TempDir,
    database: Database,
    /// What the database is called.
    name: String,
    url: String,
    doorman: Doorman,
}

impl Stage {
    pub fn set(before: &Path, database: Database) -> Stage {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let folder = tempfile::tempdir().expect("a folder");
        if before.exists() {
            copy(before, folder.path());
        }
        let name = match database {
            Database::Sqlite => FILE.to_owned(),
            Database::Postgres => format!("ecto_cli_{}_{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed)),
        };
        let url = match database {
            Database::Sqlite => format!("sqlite://{name}"),
            Database::Postgres => server::Databases::on(server::url().expect("a server")).url_of(&name),
        };
        Stage { folder, database, name, url, doorman: Doorman::open() }
    }

    /// Runs one line. `ecto` and `blog` are programs; the other words look at the stage.
    pub fn run(&self, line: &str) -> Said {
        let line = self.fill(line);
        let mut words = line.split_whitespace().peekable();
        let mut environment = vec![("DATABASE_URL", self.url.as_str())];
        while let Some((name, value)) = words.peek().and_then(|word| word.split_once('=')) {
            environment.push((name, value));
            words.next();
        }
        let (word, rest) = (words.next().expect("a command"), words.collect::<Vec<_>>());
        let path = |at: usize| self.folder.path().join(rest[at]);
        match word {
            "ecto" => self.program(env!("CARGO_BIN_EXE_ecto-under-test"), &rest, &environment),
            "blog" => self.program(env!("CARGO_BIN_EXE_blog-under-test"), &rest, &environment),
            "tables" => self.look(inspect::tables(&self.url, self.folder.path())),
            "files" => self.look(inspect::files(self.folder.path())),
            "cat" => self.look(inspect::matching(&path(0))),
            "move" => {
                fs::rename(path(0), path(1)).expect("to move a file");
                Said::default()
            }
            other => panic!("`{other}` is no command of a transcript"),
        }
    }

    fn fill(&self, line: &str) -> String {
        line.replace("{here}", &self.folder.path().display().to_string()).replace("{doorman}", self.doorman.address())
    }

    fn look(&self, output: String) -> Said {
        Said { output: mask(&output, &self.name), ..Said::default() }
    }

    fn program(&self, program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Said {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.folder).envs(environment.iter().copied());
        let output = command.output().expect("to run the program");
        let text = |bytes: &[u8]| mask(&String::from_utf8_lossy(bytes), &self.name);
        Said { output: text(&output.stdout), error: text(&output.stderr), code: output.status.code().unwrap_or(-1) }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if self.database == Database::Postgres {
            let mut client = server::connect(server::url().expect("a server")).expect("a session");
            client.batch_execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).expect("to drop the database");
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("to make a folder");
    for entry in fs::read_dir(from).expect("the files of a case") {
        let path = entry.expect("a file").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("to copy a file");
        }
    }
}
