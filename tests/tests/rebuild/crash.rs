//! Killed at any moment, or out of room: the old table or the new one, and nothing between.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::*;

/// Tells a child process what to do: a file, and pragmas.
const CHILD: &str = "ECTO_REBUILD_CHILD";

fn child(path: &Path, mode: &str) -> std::process::Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::child_process", "--include-ignored"])
        .env(CHILD, format!("{}\n{mode}", path.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Does nothing by itself: the tests below run it in a process of its own.
#[test]
fn child_process() {
    let Ok(told) = std::env::var(CHILD) else { return };
    let (path, mode) = told.split_once('\n').unwrap();
    migrate_on(Path::new(path), &format!("PRAGMA journal_mode = {mode}")).unwrap();
}

/// Whole, and either as it was or as it should be. Was it changed?
fn is_whole(path: &Path, users: i64, old: &[String]) -> bool {
    let repo = repo(path);
    assert_eq!(texts(&repo, "PRAGMA integrity_check"), ["ok"]);
    assert_eq!(repo.query("PRAGMA foreign_key_check", ()).unwrap().len(), 0);
    assert_eq!(number(&repo, "SELECT count(*) FROM users"), users);
    assert_eq!(number(&repo, "SELECT count(*) FROM posts"), users);
    let changed = number(&repo, "SELECT count(*) FROM schema_migrations WHERE version = 2") == 1;
    let now = texts(&repo, SCHEMA);
    assert_eq!(now.len(), old.len());
    assert_eq!(now != old, changed, "{now:?}");
    let kind = if changed { "text" } else { "integer" };
    assert_eq!(number(&repo, &format!("SELECT count(*) FROM users WHERE typeof(age) = '{kind}'")), users);
    changed
}

fn killed_at_random(mode: &str) {
    const USERS: i64 = 40_000;
    let folder = tempfile::tempdir().unwrap();
    let template = folder.path().join("template.db");
    let repo = filled(&template, USERS.unsigned_abs());
    let old = texts(&repo, SCHEMA);
    repo.query("PRAGMA wal_checkpoint(TRUNCATE)", ()).unwrap();
    drop(repo);
    let path = file(&folder);
    let fresh = || {
        for end in ["", "-wal", "-shm", "-journal"] {
            let _ = std::fs::remove_file(format!("{}{end}", path.display()));
        }
        std::fs::copy(&template, &path).unwrap();
    };
    fresh();
    let started = Instant::now();
    assert!(child(&path, mode).wait().unwrap().success());
    let whole = started.elapsed();
    assert!(is_whole(&path, USERS, &old));
    let mut seed = 0x9e37_79b9_u64;
    let mut outcomes = [0; 2];
    for _ in 0..50 {
        fresh();
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let part = f64::from(u32::try_from(seed >> 40).unwrap()) / f64::from(1 << 24);
        let mut running = child(&path, mode);
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * 1.1 * part));
        // On this system that is SIGKILL.
        let _ = running.kill();
        running.wait().unwrap();
        outcomes[usize::from(is_whole(&path, USERS, &old))] += 1;
    }
    println!("{mode}: {} as before, {} changed, in {whole:?} each", outcomes[0], outcomes[1]);
    assert!(outcomes[0] > 0);
}

#[test]
#[ignore = "slow"]
fn t52_killed_with_a_write_ahead_log() {
    killed_at_random("WAL");
}

#[test]
#[ignore = "slow"]
fn t52_killed_with_a_journal() {
    killed_at_random("DELETE");
}

/// The file may not grow any more.
#[test]
fn t53_without_room_the_old_table_stays() {
    let folder = tempfile::tempdir().unwrap();
    let repo = filled(&file(&folder), 20_000);
    let old = texts(&repo, SCHEMA);
    let pages = number(&repo, "PRAGMA page_count");
    drop(repo);
    for room in [0, 1, 20] {
        let error = migrate_on(&file(&folder), &format!("PRAGMA max_page_count = {}", pages + room)).unwrap_err();
        assert!(error.message().contains("full"), "{error}");
        assert!(!is_whole(&file(&folder), 20_000, &old));
    }
    migrate_on(&file(&folder), "").unwrap();
    assert!(is_whole(&file(&folder), 20_000, &old));
}

/// A change after which every row is longer.
fn widened() -> Migrations {
    let wide: fn(&mut Change) = |m| m.alter_table("users", |t| _ = t.add("wide", Type::Text).default_sql("hex(zeroblob(50))"));
    made().add(2, "widened", Written(wide))
}

/// On a file system of 8 MB, which only root may make.
#[test]
#[ignore = "needs root"]
fn t53_on_a_full_disk_the_old_table_stays() {
    let folder = tempfile::tempdir().unwrap();
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let mount =
        |program: &str, arguments: &[&str]| Command::new(program).args(arguments).arg(&disk).status().is_ok_and(|status| status.success());
    if !mount("mount", &["-t", "tmpfs", "-o", "size=8m", "tmpfs"]) {
        println!("no file system could be mounted");
        return;
    }
    let outcome = std::panic::catch_unwind(|| {
        let path = disk.join("test.db");
        let repo = filled(&path, 60_000);
        let old = texts(&repo, SCHEMA);
        repo.query("PRAGMA wal_checkpoint(TRUNCATE)", ()).unwrap();
        drop(repo);
        let mut ballast = std::fs::File::create(disk.join("ballast")).unwrap();
        while ballast.write_all(&[0; 4096]).is_ok() {}
        let full = ballast.metadata().unwrap().len();
        // Too little for the rows as they are; enough for them, but not for what they become.
        for (room, migrations, complaint) in [(400_000, changed(), "and the disk of `"), (3_000_000, widened(), "database or disk is full")]
        {
            ballast.set_len(full - room).unwrap();
            let error = run_on(&path, "", &migrations).unwrap_err();
            println!("{error}");
            assert!(error.message().contains(complaint), "{error}");
            assert!(!is_whole(&path, 60_000, &old));
        }
        drop(ballast);
        std::fs::remove_file(disk.join("ballast")).unwrap();
        migrate_on(&path, "").unwrap();
        assert!(is_whole(&path, 60_000, &old));
    });
    assert!(mount("umount", &[]));
    outcome.unwrap();
}

/// How much memory the process has had at the most, in kB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[test]
#[ignore = "slow; by itself and in a release build: `cargo test --release -p ecto-tests --test rebuild -- --ignored t60 --test-threads 1`"]
fn t60_a_million_rows() {
    let folder = tempfile::tempdir().unwrap();
    drop(filled(&file(&folder), 1_000_000));
    let before = peak();
    let started = Instant::now();
    migrate_on(&file(&folder), "").unwrap();
    let elapsed = started.elapsed();
    let grown = peak().zip(before).map(|(after, before)| after - before);
    println!("{elapsed:?}, {grown:?} kB more");
    let repo = repo(&file(&folder));
    assert_eq!(number(&repo, "SELECT count(*) FROM users WHERE typeof(age) = 'text'"), 1_000_000);
    assert!(elapsed < Duration::from_secs(30), "{elapsed:?}");
    // The pages that a session keeps, and not the table.
    assert!(grown.is_none_or(|grown| grown < 96_000), "{grown:?}");
}
