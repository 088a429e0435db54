//! A run in a process of its own, which may die on its way.
#![allow(clippy::print_stdout, reason = "it tells whoever started it how far it has come")]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::Duration;

use ecto_core::migration::{Direction, Event, Migrator, Until};

use super::lists;

const URL: &str = "ECTO_RIVAL_URL";
const LIST: &str = "ECTO_RIVAL_LIST";
const DIE: &str = "ECTO_RIVAL_DIE";

/// Starts a run of a list. It kills itself at the moment that `die` names; see [`is_at`].
pub fn start(url: &str, list: &str, die: &str) -> Child {
    let program = std::env::current_exe().unwrap();
    Command::new(program).envs([(URL, url), (LIST, list), (DIE, die)]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// Waits until it has said a word.
pub fn listen(child: &mut Child, word: &str) {
    let lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
    let heard = lines.map_while(Result::ok).any(|line| line.contains(word));
    assert!(heard, "it never said `{word}`");
}

/// Is this program such a run? Then it plays it.
pub fn play() -> Option<ExitCode> {
    let [url, list, die] = [URL, LIST, DIE].map(|name| std::env::var(name).ok());
    let (url, list, die) = (url?, list?, die?);
    let (adapter, migrations) = (lists::adapter(&url), lists::named(&list));
    let migrator = Migrator::new(&adapter, &migrations).lock_wait(Duration::from_secs(50));
    println!("ready");
    let outcome = migrator.run(Direction::Up, Until::All, &mut |event| {
        println!("{event:?}");
        if is_at(event, &die) {
            kill();
        }
    });
    Some(if outcome.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// `locked`; or `statement TEXT`, `finished VERSION`: when that is told. `performed TEXT` is when the statement of that text has ended.
fn is_at(event: Event<'_>, die: &str) -> bool {
    use std::sync::atomic::{AtomicBool, Ordering};
    static SEEN: AtomicBool = AtomicBool::new(false);
    let (moment, text) = die.split_once(' ').unwrap_or((die, ""));
    match event {
        Event::Locked { .. } => moment == "locked",
        Event::Statement { sql } if sql.contains(text) => {
            SEEN.store(true, Ordering::Relaxed);
            moment == "statement"
        }
        Event::Performed { .. } => moment == "performed" && SEEN.load(Ordering::Relaxed),
        Event::Finished { version, .. } => moment == "finished" && version.to_string() == text,
        _ => false,
    }
}

/// As `kill -9` from outside: nothing is closed, nothing is said.
fn kill() {
    let _ = Command::new("kill").args(["-9", &std::process::id().to_string()]).status();
    std::process::abort();
}
