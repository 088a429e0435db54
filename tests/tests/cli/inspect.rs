//! What became of the files and the database, seen without the library.

use std::fs;
use std::path::Path;

use ecto_tests::server;

/// The tables with their columns, and the versions that are recorded; or that there is no database.
pub fn tables(url: &str, folder: &Path) -> String {
    let lines = match url.strip_prefix("sqlite://") {
        Some(file) => of_file(&folder.join(file)),
        None => of_server(url),
    };
    match lines {
        Some(lines) if lines.is_empty() => "no tables\n".into(),
        Some(lines) => lines.iter().map(|line| format!("{line}\n")).collect(),
        None => "no database\n".into(),
    }
}

/// What is noted of versions beside Ecto's table is left out: no command shows it, and it has times in it.
fn of_file(path: &Path) -> Option<Vec<String>> {
    if !path.exists() {
        return None;
    }
    let file = rusqlite::Connection::open(path).expect("a database");
    let lines = |sql: &str| {
        let mut statement = file.prepare(sql).expect("a statement");
        let rows = statement.query_map((), |row| row.get::<_, String>(0)).expect("rows");
        rows.map(|row| row.expect("a row")).collect::<Vec<_>>()
    };
    let mut found = lines(
        "SELECT t.name || '(' || (SELECT group_concat(c.name, ', ') FROM pragma_table_info(t.name) c) || ')' FROM sqlite_schema t \
         WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'schema_migration\\_%' ESCAPE '\\' ORDER BY t.name",
    );
    if found.iter().any(|line| line.starts_with("schema_migrations(")) {
        found.extend(lines("SELECT 'version ' || version FROM schema_migrations ORDER BY version"));
    }
    Some(found)
}

fn of_server(url: &str) -> Option<Vec<String>> {
    let mut client = server::connect(url).ok()?;
    let mut lines = |sql: &str| client.query(sql, &[]).expect("rows").iter().map(|row| row.get(0)).collect::<Vec<String>>();
    let mut found = lines(
        "SELECT table_name || '(' || string_agg(column_name, ', ' ORDER BY ordinal_position) || ')' FROM information_schema.columns \
         WHERE table_schema = 'public' AND table_name NOT LIKE 'schema_migration\\_%' GROUP BY table_name ORDER BY table_name",
    );
    if found.iter().any(|line| line.starts_with("schema_migrations(")) {
        found.extend(lines("SELECT 'version ' || version FROM schema_migrations ORDER BY version"));
    }
    Some(found)
}

/// All files below a folder, but those of the database.
pub fn files(folder: &Path) -> String {
    let mut found = Vec::new();
    walk(folder, folder, &mut found);
    found.sort();
    found.iter().map(|file| format!("{file}\n")).collect()
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            walk(root, &path, found);
        } else if !path.file_name().is_some_and(|name| name.to_string_lossy().contains(".db")) {
            found.push(path.strip_prefix(root).expect("a file below the root").display().to_string());
        }
    }
}

/// The text of a file, whose name may begin with `*`.
pub fn matching(path: &Path) -> String {
    let wanted = path.file_name().expect("a name").to_string_lossy().into_owned();
    let end = wanted.trim_start_matches('*');
    let folder = fs::read_dir(path.parent().expect("a folder")).expect("a folder");
    let file = folder.map(|entry| entry.expect("a file").path()).find(|file| file.to_string_lossy().ends_with(end));
    fs::read_to_string(file.unwrap_or_else(|| panic!("no file {wanted}"))).expect("to read a file")
}
