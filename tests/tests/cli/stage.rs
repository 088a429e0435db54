//! Where a transcript is played: an empty folder with the case's files in it, and a database of its own.

use std::cell::RefCell;
use std::fs;
use std::path::Path;
use std::process::{self, Command};
use std::sync::atomic::{AtomicU32, Ordering};

use ecto_core::adapter::{Connection, Role, Step, TransactionMode, open};
use ecto_tests::server;
use tempfile::TempDir;

use super::doorman::Doorman;
use super::inspect;
use super::mask::mask;
use super::running::Running;
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

    /// As reports name it.
    pub fn title(self) -> &'static str {
        match self {
            Database::Sqlite => "SQLite",
            Database::Postgres => "PostgreSQL",
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
    running: RefCell<Option<Running>>,
    /// Another session, in the way of the program.
    other: RefCell<Option<Box<dyn Connection>>>,
}

/// What a program that is started in the background does when the next line is played.
const SLOW: &str = "slow";

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
        Stage { folder, database, name, url, doorman: Doorman::open(), running: RefCell::new(None), other: RefCell::new(None) }
    }

    /// Runs one line. `ecto` and `blog` are programs; `start ecto` leaves one at its slow statement, `await Blocked` waits until it has said that,
    /// `end INT` sends it a signal, and `end` lets it end by itself; `hold LOCK TABLE users` is another session, which holds that until
    /// `release`; the other words look at the stage.
    pub fn run(&self, line: &str) -> Said {
        let line = self.fill(line);
        let mut words = line.split_whitespace().peekable();
        let mut environment = vec![("DATABASE_URL", self.url.as_str()), ("USER", "ana")];
        while let Some((name, value)) = words.peek().and_then(|word| word.split_once('=')) {
            environment.push((name, value));
            words.next();
        }
        let mut word = words.next().expect("a command");
        let background = word == "start";
        if background {
            word = words.next().expect("a program");
        }
        let rest = words.collect::<Vec<_>>();
        let path = |at: usize| self.folder.path().join(rest[at]);
        match word {
            "ecto" if background => self.start(env!("CARGO_BIN_EXE_ecto-under-test"), &rest, &environment),
            "blog" if background => self.start(env!("CARGO_BIN_EXE_blog-under-test"), &rest, &environment),
            "await" => self.await_word(rest[0]),
            "end" => self.end(&rest),
            "hold" => self.hold(&rest.join(" ")),
            "release" => self.release(),
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
        // The same server by an address that does not say that it is on this machine.
        let elsewhere = self.url.replace("127.0.0.1", "0.0.0.0").replace("localhost", "0.0.0.0");
        let here = self.folder.path().display().to_string();
        line.replace("{here}", &here).replace("{doorman}", self.doorman.address()).replace("{elsewhere}", &elsewhere)
    }

    fn look(&self, output: String) -> Said {
        Said { output: mask(&output, &self.name), ..Said::default() }
    }

    fn program(&self, program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Said {
        let output = self.command(program, arguments, environment).output().expect("to run the program");
        self.said(&output.stdout, &output.stderr, output.status.code().unwrap_or(-1))
    }

    fn command(&self, program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.folder).envs(environment.iter().copied());
        command
    }

    fn said(&self, output: &[u8], error: &[u8], code: i32) -> Said {
        let text = |bytes: &[u8]| mask(&String::from_utf8_lossy(bytes), &self.name);
        Said { output: text(output), error: text(error), code }
    }

    fn start(&self, program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Said {
        *self.running.borrow_mut() = Some(Running::start(&mut self.command(program, arguments, environment), SLOW));
        Said::default()
    }

    fn await_word(&self, word: &str) -> Said {
        self.running.borrow().as_ref().expect("a program that was started").await_word(word);
        Said::default()
    }

    fn end(&self, signals: &[&str]) -> Said {
        let (output, error, code) = self.running.take().expect("a program that was started").end(signals);
        self.said(&output, &error, code)
    }

    /// Begins a transaction in another session, in which this statement is run.
    fn hold(&self, sql: &str) -> Said {
        let url = self.url.replace(FILE, &self.folder.path().join(FILE).display().to_string());
        let database = open(&url, Default::default(), Default::default()).expect("a database").0;
        let mut session = database.connect(Role::Writer).expect("a session");
        session.step(Step::Begin(TransactionMode::Write)).expect("to begin");
        session.script(sql).expect("to hold it");
        *self.other.borrow_mut() = Some(session);
        Said::default()
    }

    fn release(&self) -> Said {
        self.other.take().expect("a session that holds something").step(Step::Rollback).expect("to let it go");
        Said::default()
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
