//! How long the compiler takes over an application with 50 schemas of 10 columns and 50 queries: `cargo run -p ecto-benches --bin compile`.
//!
//! The application is written into the target folder and compiled with everything that it depends on already there, so that only its own code counts.
#![allow(clippy::expect_used, clippy::print_stdout, reason = "a bench fails by panicking, and reports on the terminal")]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SCHEMAS: usize = 50;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the workspace");
    let application = root.join("target/compile-bench");
    write_application(&root, &application);
    println!("{SCHEMAS} schemas of 10 columns, {SCHEMAS} queries, dev profile, this crate only");
    println!("{:<28} {:>8} {:>8}  verdict", "step", "took", "budget");
    for (subcommand, budgets) in [("check", [1.0, 0.4]), ("build", [2.5, 0.4])] {
        // Whatever the application depends on.
        cargo(&application, subcommand);
        clean(&application);
        report(&format!("clean {subcommand}"), cargo(&application, subcommand), budgets[0]);
        change_a_line(&application);
        report(&format!("{subcommand} after one line"), cargo(&application, subcommand), budgets[1]);
    }
}

fn report(step: &str, took: Duration, budget: f64) {
    let verdict = if took.as_secs_f64() <= budget { "kept" } else { "OVER" };
    println!("{step:<28} {:>6.2} s {budget:>6.2} s  {verdict}", took.as_secs_f64());
}

fn cargo(application: &Path, subcommand: &str) -> Duration {
    let started = Instant::now();
    let status = Command::new("cargo")
        .args([subcommand, "--quiet"])
        .env("RUSTFLAGS", "-Awarnings")
        .current_dir(application)
        .stdin(Stdio::null())
        .status()
        .expect("cargo runs");
    assert!(status.success(), "the application does not compile");
    started.elapsed()
}

fn clean(application: &Path) {
    let status = Command::new("cargo").args(["clean", "--quiet", "--package", "compile-bench"]).current_dir(application).status();
    assert!(status.expect("cargo runs").success());
}

fn change_a_line(application: &Path) {
    let file = application.join("src/part7.rs");
    let changed = fs::read_to_string(&file).expect("a part").replace("limit(10)", "limit(11)");
    fs::write(file, changed).expect("a part");
}

fn write_application(root: &Path, application: &Path) {
    let source: PathBuf = application.join("src");
    fs::create_dir_all(&source).expect("a folder");
    let manifest = format!(
        "[workspace]\n[package]\nname = \"compile-bench\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[dependencies]\necto-core = {{ path = {:?} }}\n[profile.dev]\ndebug = \"line-tables-only\"\n",
        root.join("ecto-core")
    );
    fs::write(application.join("Cargo.toml"), manifest).expect("a manifest");
    fs::copy(root.join("Cargo.lock"), application.join("Cargo.lock")).expect("a lock file");
    let mut main = String::new();
    for part in 0..SCHEMAS {
        writeln!(main, "mod part{part};").expect("a text");
        fs::write(source.join(format!("part{part}.rs")), schema(part)).expect("a part");
    }
    main.push_str("fn main() {\n    let repo = ecto_core::Repo::connect(\"sqlite::memory:\").unwrap();\n");
    (0..SCHEMAS).for_each(|part| writeln!(main, "    drop(part{part}::list(&repo, {part}));").expect("a text"));
    main.push_str("}\n");
    fs::write(source.join("main.rs"), main).expect("a main file");
}

/// A schema with ten columns, an association each way, a changeset, and a query over two tables.
fn schema(part: usize) -> String {
    let next = (part + 1) % SCHEMAS;
    format!(
        r#"use ecto_core::prelude::*;

#[derive(Schema, Changeset, Debug, Clone)]
#[schema(table = "table{part}", timestamps)]
pub struct Row{part} {{
    pub id: i64,
    #[changeset(required, length(min = 2))]
    pub name: String,
    #[changeset(required, format = "@", unique)]
    pub email: String,
    #[changeset(number(greater_than = 0))]
    pub age: Option<i32>,
    #[schema(default = false)]
    #[changeset(cast)]
    pub confirmed: bool,
    #[changeset(cast)]
    pub score: Option<f64>,
    #[changeset(cast)]
    pub day: Option<NaiveDate>,
    #[changeset(foreign_key)]
    pub next_id: Option<i64>,
    #[schema(belongs_to, foreign_key = next_id)]
    pub next: BelongsTo<crate::part{next}::Row{next}>,
    pub inserted_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}}

pub fn list(repo: &Repo, age: i32) -> Result<Vec<(String, Option<String>)>> {{
    let query = Row{part}::query()
        .left_join(|r| r.next)
        .filter(|(r, _)| r.age.gt(age).and(r.confirmed.eq(true)))
        .order_by(|(r, _)| r.inserted_at.desc())
        .limit(10)
        .select(|(r, n)| (r.name, n.email));
    repo.all(&query)
}}
"#
    )
}
