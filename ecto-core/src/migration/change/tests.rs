use super::*;
use crate::ddl::{Alteration, Column, OnDelete, Type, references};
use crate::migration::Migration;
use crate::migration::describe::Script;

struct Written<F>(F);

impl<F: Fn(&mut Change) + Send + Sync> Migration for Written<F> {
    fn change(&self, m: &mut Change) {
        (self.0)(m);
    }
}

fn works(migration: &dyn Migration, direction: Direction) -> Result<Vec<Work>> {
    Script { migration, prefix: None }.describe(direction)
}

fn ops(migration: &dyn Migration, direction: Direction) -> Result<Vec<Op>> {
    let op = |work| match work {
        Work::Op(op) => op,
        other => panic!("{other:?}"),
    };
    Ok(works(migration, direction)?.into_iter().map(op).collect())
}

fn up(change: impl Fn(&mut Change) + Send + Sync) -> Result<Vec<Op>> {
    ops(&Written(change), Direction::Up)
}

fn down(change: impl Fn(&mut Change) + Send + Sync) -> Result<Vec<Op>> {
    ops(&Written(change), Direction::Down)
}

fn describe(ops: &[Op]) -> Vec<String> {
    ops.iter().map(Op::describe).collect()
}

/// G-01: neither `change` nor `up`.
#[test]
fn an_empty_migration_says_what_is_missing() {
    struct Empty;
    impl Migration for Empty {}
    assert_eq!(works(&Empty, Direction::Up).unwrap_err().message(), "it has neither `change` nor `up`");
    assert_eq!(works(&Empty, Direction::Down).unwrap_err().message(), "it does not say how to go back");
}

/// G-01: `up` and `down` win over `change`.
#[test]
fn up_and_down_win_over_change() {
    struct All;
    impl Migration for All {
        fn change(&self, m: &mut Change) {
            m.execute("change");
        }
        fn up(&self, m: &mut Change) {
            m.execute("up");
        }
        fn down(&self, m: &mut Change) {
            m.execute("down");
        }
    }
    assert_eq!(describe(&ops(&All, Direction::Up).unwrap()), ["execute `up`"]);
    assert_eq!(describe(&ops(&All, Direction::Down).unwrap()), ["execute `down`"]);
}

/// G-04: the whole list, the last one first.
#[test]
fn change_is_inverted() {
    let change = |m: &mut Change| {
        m.create_table("users", |t| {
            t.add("email", Type::String).not_null();
        });
        m.create_unique_index("users", ["email"]);
        m.execute_both("INSERT", "DELETE");
        m.rename_table("users", "people");
    };
    let forward =
        ["create table `users`", "create unique index `users_email_index`", "execute `INSERT`", "rename table `users` to `people`"];
    let back = ["rename table `people` to `users`", "execute `DELETE`", "drop unique index `users_email_index`", "drop table `users`"];
    assert_eq!(describe(&up(change).unwrap()), forward);
    assert_eq!(describe(&down(change).unwrap()), back);
}

#[test]
fn what_cannot_be_undone_is_found_on_the_way_back_only() {
    let change = |m: &mut Change| m.drop_table("users");
    assert!(up(change).is_ok());
    assert_eq!(down(change).unwrap_err().message(), "drop table `users` cannot be undone by itself");
}

/// G-11, G-34, G-44, G-45
#[test]
fn a_table_has_a_key_unless_it_says_otherwise() {
    let keys = |describe: fn(&mut TableDraft)| {
        let ops = up(move |m| m.create_table("t", describe)).unwrap();
        let [Op::CreateTable(create)] = &ops[..] else { panic!("{ops:?}") };
        create
            .columns
            .iter()
            .filter(|column| column.primary_key)
            .map(|column| (column.name.clone(), column.kind.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(|_| {}), [("id".into(), Type::BigSerial)]);
    assert_eq!(keys(|t| t.no_primary_key()), []);
    assert_eq!(keys(|t| _ = t.primary_key("id", Type::Uuid)), [("id".into(), Type::Uuid)]);
    let composite = keys(|t| {
        t.add("a", Type::Integer).primary_key();
        t.add("b", Type::Integer).primary_key();
    });
    assert_eq!(composite.len(), 2);
}

/// G-30: by type alone the rest stays; described in full it is undone.
#[test]
fn modify_knows_what_it_was() {
    let alterations = |change: fn(&mut TableDraft)| match &down(move |m| m.alter_table("users", change))?[..] {
        [Op::AlterTable { alterations, .. }] => Ok::<_, Error>(alterations.clone()),
        other => panic!("{other:?}"),
    };
    let [Alteration::Modify { to, .. }] =
        &alterations(|t| _ = t.modify("age", Type::BigInteger).not_null().from(Type::Integer)).unwrap()[..]
    else {
        panic!()
    };
    assert_eq!(*to, Column { null: Some(false), ..Column::new("age", Type::Integer) });
    let full = |t: &mut TableDraft| _ = t.modify("age", Type::BigInteger).not_null().from_with(Type::Integer, |was| _ = was.nullable());
    let [Alteration::Modify { to, .. }] = &alterations(full).unwrap()[..] else { panic!() };
    assert_eq!(*to, Column { null: Some(true), ..Column::new("age", Type::Integer) });
    assert!(alterations(|t| _ = t.modify("age", Type::BigInteger)).is_err());
}

/// G-08
#[test]
fn words_in_the_wrong_place_are_refused() {
    type Mistake = (fn(&mut Change), &'static str);
    let mistakes: [Mistake; 5] = [
        (|m| m.create_table("users", |t| t.remove("age")), "column `age` of table `users`: a new table takes only `add`"),
        (
            |m| m.create_table("users", |t| _ = t.modify("age", Type::Integer)),
            "column `age` of table `users`: a new table takes only `add`",
        ),
        (
            |m| m.alter_table("users", |t| _ = t.add("age", Type::Integer).from(Type::Text)),
            "column `age` of table `users`: `from` is for `modify`",
        ),
        (|m| m.alter_table("users", |t| t.no_primary_key()), "table `users` is there already: it takes only columns and a comment"),
        (|m| m.create_table("users", |t| t.change_comment("", "x")), "table `users` is new: it has no comment that could be changed"),
    ];
    for (change, message) in mistakes {
        assert_eq!(up(change).unwrap_err().message(), message);
    }
}

/// G-37
#[test]
fn a_comment_comes_back_if_somebody_says_what_it_was() {
    let both = |m: &mut Change| m.alter_table("users", |t| t.change_comment("old", "new"));
    let comment = |to: &str, from: &str| Alteration::Comment { to: to.into(), from: Some(from.into()) };
    let alter = |alteration| vec![Op::AlterTable { table: "users".into(), alterations: vec![alteration] }];
    assert_eq!(up(both).unwrap(), alter(comment("new", "old")));
    assert_eq!(down(both).unwrap(), alter(comment("old", "new")));
    let forgetful = down(|m| m.alter_table("users", |t| t.comment("new"))).unwrap_err();
    assert!(forgetful.hint().is_some_and(|hint| hint.contains("change_comment")), "{forgetful}");
}

/// G-31, G-50
#[test]
fn timestamps_and_references() {
    let ops = up(|m| {
        m.create_table("posts", |t| {
            t.add("author_id", t.references("users").on_delete(OnDelete::DeleteAll)).not_null();
            t.add("editor_id", references("users"));
            t.timestamps();
        });
    });
    let ops = ops.unwrap();
    let [Op::CreateTable(create)] = &ops[..] else { panic!("{ops:?}") };
    let names: Vec<&str> = create.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["id", "author_id", "editor_id", "inserted_at", "updated_at"]);
    assert_eq!((create.columns[3].kind.clone(), create.columns[3].null), (Type::UtcDateTime, Some(false)));
}

#[test]
fn options_of_an_index_follow_its_name() {
    let ops = up(|m| {
        m.create_index("users", ["email"]).name("by_email").only_where("age > 1").unique();
        m.drop_index("users", ["name"]).conditionally();
    });
    let ops = ops.unwrap();
    let [Op::CreateIndex(create), Op::DropIndex(drop)] = &ops[..] else { panic!("{ops:?}") };
    assert_eq!((create.index.name.as_str(), create.index.unique), ("by_email", true));
    assert_eq!((drop.index.name.as_str(), drop.if_exists), ("users_name_index", true));
}

/// The way back is looked at before a run: of what is said for both directions without saying it a second time.
#[test]
fn what_is_said_for_both_ways_is_asked_once() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    let asked = AtomicUsize::new(0);
    let undone = |change: &(dyn Fn(&mut Change) + Send + Sync)| {
        asked.store(0, Ordering::Relaxed);
        let migration = Written(|m: &mut Change| {
            asked.fetch_add(1, Ordering::Relaxed);
            change(m);
        });
        let (works, undone) = Script { migration: &migration, prefix: None }.describe_there().unwrap();
        (works.len(), undone.is_ok(), asked.load(Ordering::Relaxed))
    };
    assert_eq!(undone(&|m| m.create_table("a", |_| {})), (1, true, 1));
    assert_eq!(undone(&|m| m.drop_table("a")), (1, false, 1));
    let both = |m: &mut Change| match m.direction() {
        Direction::Up => m.drop_table("a"),
        Direction::Down => m.drop_table_of("a", |_| {}),
    };
    assert_eq!(undone(&both), (1, true, 2));
}
