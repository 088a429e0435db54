//! An application with migrations compiled into it, for the transcripts.

mod migrations;

use std::env;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use ecto_core::migration::{Change, Migration, Migrations};

fn main() -> ExitCode {
    ecto_cli::main(ecto_cli::App::new().migrations(migrations()))
}

fn migrations() -> Migrations {
    match env::var_os("BLOG_SLOW") {
        Some(_) => migrations::all().add(20200101000004, "slow", Slow),
        None => migrations::all(),
    }
}

/// Its function takes long, and no database can stop it.
struct Slow;

impl Migration for Slow {
    fn up(&self, m: &mut Change) {
        m.run(|_| {
            thread::sleep(Duration::from_secs(120));
            Ok(())
        });
    }

    fn down(&self, m: &mut Change) {
        m.flush();
    }
}
