use std::sync::Arc;

use super::*;
use crate::adapter::ConnectOptions;
use crate::adapter::sqlite::mounts;

fn database(script: &str) -> (SqliteAdapter, Box<dyn Connection>) {
    let adapter = SqliteAdapter::new(None, ConnectOptions::default());
    let mut connection = adapter.connect(Role::Writer).unwrap();
    connection.script(script).unwrap();
    (adapter, connection)
}

fn names(connection: &mut dyn Connection) -> Vec<String> {
    catalogue::texts(connection, "SELECT type || ' ' || name FROM sqlite_schema ORDER BY 1", &[]).unwrap()
}

#[test]
fn a_rehearsal_takes_what_is_broken_and_what_is_virtual() {
    let (adapter, mut connection) = database(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT UNIQUE); CREATE INDEX i ON t (a); \
         CREATE VIEW broken AS SELECT x FROM nowhere; CREATE TRIGGER lame AFTER INSERT ON t BEGIN INSERT INTO nowhere VALUES (1); END; \
         CREATE VIRTUAL TABLE words USING fts5(a, content='t'); CREATE VIRTUAL TABLE places USING rtree(id, x, y)",
    );
    let mut copy = adapter.rehearsal(connection.as_mut()).unwrap().unwrap();
    assert_eq!(names(copy.as_mut()), names(connection.as_mut()));
}

#[test]
fn a_rehearsal_says_what_it_cannot_make() {
    let (adapter, mut connection) = database("CREATE TABLE t (id INTEGER)");
    connection
        .script(
            "PRAGMA writable_schema = ON; \
             INSERT INTO sqlite_schema VALUES ('table', 'far', 'far', 0, 'CREATE VIRTUAL TABLE far USING spellfix1'); \
             PRAGMA writable_schema = RESET",
        )
        .unwrap();
    let error = adapter.rehearsal(connection.as_mut()).err().unwrap();
    assert_eq!(error.message(), "`far` cannot be made in a copy of the structure");
    assert!(error.hint().is_some());
}

/// Told once, before anything runs, whatever keeps runs apart.
#[test]
fn a_file_system_of_others_is_told_of_before_anything_runs() {
    use crate::migration::{Change, Direction, Event, LockKind, Migration, Migrations, Migrator, Until};
    struct Made;
    impl Migration for Made {
        fn change(&self, m: &mut Change) {
            m.create_table("t", |_| {});
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let remote: mounts::RemoteKind = |_| Some("nfs4".into());
    for (version, (remote_kind, lock)) in (1..).zip([(remote, LockKind::Run), (remote, LockKind::Row), (|_| None, LockKind::Run)]) {
        let file = folder.path().join(format!("{version}.db"));
        let adapter = SqliteAdapter { remote_kind, ..SqliteAdapter::new(Some(file.clone()), ConnectOptions::default()) };
        let adapter: Arc<dyn Adapter> = Arc::new(adapter);
        let migrations = Migrations::new().add(1, "made", Made);
        let mut told = Vec::new();
        let mut tell = |event: Event<'_>| told.push(format!("{event:?}"));
        Migrator::new(&adapter, &migrations).lock(lock).run(Direction::Up, Until::All, &mut tell).unwrap();
        let expected = usize::from(remote_kind(&file).is_some());
        assert_eq!(told.iter().filter(|event| event.starts_with("RemoteFiles")).count(), expected);
        assert_eq!(told[0] == "RemoteFiles { kind: \"nfs4\" }", expected == 1, "{told:?}");
    }
}
