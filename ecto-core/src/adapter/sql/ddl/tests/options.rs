//! What is said of columns, references, indexes and tables besides their names and types.

use super::*;
use crate::ddl::{
    AddEnumValue, ColumnChange, Deferrable, DropView, EnumValue, Enumeration, Facet, ForeignKey, Generated, Nulls, OnUpdate, Order,
    TableKind, View,
};

fn set(to: Facet) -> Op {
    alter(vec![Alteration::Set(ColumnChange { column: "age".into(), to, was: None })])
}

#[test]
fn one_thing_about_a_column_is_set() {
    same(&set(Facet::Null(true)), &["ALTER TABLE \"users\" ALTER COLUMN \"age\" DROP NOT NULL"]);
    by_text(
        &set(Facet::Type { sql: "bigint".into(), collation: Some("C".into()), using: Some("age::bigint".into()) }),
        &["ALTER TABLE \"users\" ALTER COLUMN \"age\" TYPE bigint COLLATE \"C\" USING age::bigint"],
    );
    by_text(&set(Facet::Default(None)), &["ALTER TABLE \"users\" ALTER COLUMN \"age\" DROP DEFAULT"]);
    by_text(&set(Facet::Default(Some("now()".into()))), &["ALTER TABLE \"users\" ALTER COLUMN \"age\" SET DEFAULT now()"]);
}

#[test]
fn rows_are_filled_before_a_column_is_required() {
    let to = Column { null: Some(false), backfill: Some(0.into()), ..column("age", Type::Integer) };
    let change = Alteration::Modify { to, from: Some(column("age", Type::Integer)) };
    same(
        &alter(vec![Alteration::RemoveNamed("name".into()), change]),
        &[
            "ALTER TABLE \"users\" DROP COLUMN \"name\"",
            "UPDATE \"users\" SET \"age\" = 0 WHERE \"age\" IS NULL",
            "ALTER TABLE \"users\" ALTER COLUMN \"age\" SET NOT NULL",
        ],
    );
}

/// Section 3.1, rows 6 and 7
#[test]
fn rows_are_filled_before_a_new_column_is_required() {
    let at = Column { null: Some(false), backfill: Some("now".into()), ..column("at", Type::Text) };
    let sql = |kind: &str| format!("ALTER TABLE \"users\" ADD COLUMN \"at\" {kind}");
    let then = ["UPDATE \"users\" SET \"at\" = 'now' WHERE \"at\" IS NULL", "ALTER TABLE \"users\" ALTER COLUMN \"at\" SET NOT NULL"];
    writes(&alter(vec![Alteration::Add(at)]), &[&sql("TEXT"), then[0], then[1]], &[&sql("text"), then[0], then[1]]);
}

#[test]
fn keys_are_constraints() {
    let add = |constraint| Op::AddConstraint(AddConstraint::new("users", "c", constraint));
    let columns = || vec!["a".into(), "b".into()];
    by_text(&add(Constraint::Unique(columns())), &["ALTER TABLE \"users\" ADD CONSTRAINT \"c\" UNIQUE (\"a\", \"b\")"]);
    by_text(&add(Constraint::PrimaryKey(columns())), &["ALTER TABLE \"users\" ADD CONSTRAINT \"c\" PRIMARY KEY (\"a\", \"b\")"]);
    let key = ForeignKey { column: "team_id".into(), reference: references("teams").with("a", "b") };
    by_text(
        &add(Constraint::ForeignKey(key)),
        &["ALTER TABLE \"users\" ADD CONSTRAINT \"c\" FOREIGN KEY (\"team_id\", \"a\") REFERENCES \"teams\" (\"id\", \"b\")"],
    );
    by_text(&add(Constraint::Sql("UNIQUE (a)".into())), &["ALTER TABLE \"users\" ADD CONSTRAINT \"c\" UNIQUE (a)"]);
    writes(
        &Op::ValidateConstraint { table: "users".into(), name: "adult".into() },
        &[],
        &["ALTER TABLE \"users\" VALIDATE CONSTRAINT \"adult\""],
    );
}

/// G-46: what makes no difference is left out, what can be said in another way is, and the rest is refused.
#[test]
fn options_of_indexes() {
    let index = |parts| Index::new("users", parts);
    let create = |index| Op::CreateIndex(CreateIndex { index, if_not_exists: false });
    writes(
        &create(Index { concurrently: true, include: vec!["id".into()], using: Some("btree".into()), ..index(vec!["email".into()]) }),
        &["CREATE INDEX \"users_email_index\" ON \"users\" (\"email\", \"id\")"],
        &["CREATE INDEX CONCURRENTLY \"users_email_index\" ON \"users\" USING \"btree\" (\"email\") INCLUDE (\"id\")"],
    );
    let unique = |parts, nulls| create(Index { unique: true, nulls_distinct: Some(nulls), ..index(parts) });
    writes(
        &unique(vec!["email".into()], true),
        &["CREATE UNIQUE INDEX \"users_email_index\" ON \"users\" (\"email\")"],
        &["CREATE UNIQUE INDEX \"users_email_index\" ON \"users\" (\"email\") NULLS DISTINCT"],
    );
    writes(
        &unique(vec![IndexPart::descending("a"), IndexPart::expression("lower(b)")], false),
        &["CREATE UNIQUE INDEX \"users_a_lower_b_index\" ON \"users\" \
           ((\"a\" IS NULL) DESC, (ifnull(\"a\", 0)) DESC, ((lower(b)) IS NULL), (ifnull((lower(b)), 0)))"],
        &["CREATE UNIQUE INDEX \"users_a_lower_b_index\" ON \"users\" (\"a\" DESC, (lower(b))) NULLS NOT DISTINCT"],
    );
    writes(
        &create(index(vec![IndexPart::ordered("a", Order::Ascending, Nulls::First)])),
        &["CREATE INDEX \"users_a_index\" ON \"users\" (\"a\")"],
        &["CREATE INDEX \"users_a_index\" ON \"users\" (\"a\" NULLS FIRST)"],
    );
    same(
        &create(Index { name: "i".into(), ..index(vec![IndexPart::sql("a COLLATE x")]) }),
        &["CREATE INDEX \"i\" ON \"users\" (a COLLATE x)"],
    );
}

/// G-46
#[test]
fn options_of_indexes_that_one_database_lacks() {
    let index = || Index { name: "i".into(), ..Index::new("users", vec!["a".into()]) };
    let refused = |index, reason, sql: &str| only_postgres(&Op::CreateIndex(CreateIndex { index, if_not_exists: false }), reason, &[sql]);
    refused(
        Index { unique: true, include: vec!["b".into()], ..index() },
        "cannot carry columns along in a unique index",
        "CREATE UNIQUE INDEX \"i\" ON \"users\" (\"a\") INCLUDE (\"b\")",
    );
    refused(
        Index { using: Some("hash".into()), ..index() },
        "has indexes of one kind, `btree`",
        "CREATE INDEX \"i\" ON \"users\" USING \"hash\" (\"a\")",
    );
    refused(
        Index { parts: vec![IndexPart::ordered("a", Order::Descending, Nulls::First)], ..index() },
        "sorts NULLs as the least value in every index",
        "CREATE INDEX \"i\" ON \"users\" (\"a\" DESC NULLS FIRST)",
    );
    refused(
        Index { only: true, options: Some("WITH (fillfactor = 70)".into()), condition: Some("a > 1".into()), ..index() },
        "has neither `only` nor `options` for indexes",
        "CREATE INDEX \"i\" ON ONLY \"users\" (\"a\") WITH (fillfactor = 70) WHERE a > 1",
    );
}

/// G-50
#[test]
fn options_of_references() {
    let create = |column| Op::CreateTable(CreateTable::new("posts", vec![column]));
    let deferred = references("users").of_type(Type::Serial).on_update(OnUpdate::DefaultAll).deferrable(Deferrable::Deferred);
    let sql = |kind: &str| {
        format!(
            "CREATE TABLE \"posts\" (\"a\" {kind}, CONSTRAINT \"posts_a_fkey\" FOREIGN KEY (\"a\") REFERENCES \"users\" (\"id\") \
             ON UPDATE SET DEFAULT DEFERRABLE INITIALLY DEFERRED)"
        )
    };
    writes(&create(Column::new("a", deferred)), &[&sql("INTEGER")], &[&sql("integer")]);
    let full = references("users").with("b", "c").with("d", "e").match_full().deferrable(Deferrable::Immediate);
    writes(
        &create(Column::new("a", full.clone())),
        &["CREATE TABLE \"posts\" (\"a\" INTEGER CONSTRAINT \"posts_a_fkey_full\" CHECK ((\"a\" IS NULL AND \"b\" IS NULL AND \
           \"d\" IS NULL) OR (\"a\" IS NOT NULL AND \"b\" IS NOT NULL AND \"d\" IS NOT NULL)), \
           CONSTRAINT \"posts_a_fkey\" FOREIGN KEY (\"a\", \"b\", \"d\") REFERENCES \"users\" (\"id\", \"c\", \"e\") MATCH FULL \
           DEFERRABLE INITIALLY IMMEDIATE)"],
        &["CREATE TABLE \"posts\" (\"a\" bigint, CONSTRAINT \"posts_a_fkey\" FOREIGN KEY (\"a\", \"b\", \"d\") \
           REFERENCES \"users\" (\"id\", \"c\", \"e\") MATCH FULL DEFERRABLE INITIALLY IMMEDIATE)"],
    );
    same(
        &Op::AddConstraint(AddConstraint::new("posts", "k", Constraint::ForeignKey(ForeignKey { column: "a".into(), reference: full }))),
        &["ALTER TABLE \"posts\" ADD CONSTRAINT \"k\" FOREIGN KEY (\"a\", \"b\", \"d\") REFERENCES \"users\" (\"id\", \"c\", \"e\") \
           MATCH FULL DEFERRABLE INITIALLY IMMEDIATE"],
    );
    only_postgres(
        &alter(vec![Alteration::Add(Column::new("a", references("teams").not_valid()))]),
        "checks the rows that are there, always",
        &[
            "ALTER TABLE \"users\" ADD COLUMN \"a\" bigint, ADD CONSTRAINT \"users_a_fkey\" FOREIGN KEY (\"a\") REFERENCES \"teams\" (\"id\") \
           NOT VALID",
        ],
    );
    only_postgres(
        &create(Column::new("a", references("users").with("b", "c").on_delete(OnDelete::Nilify(vec!["b".into()])))),
        "sets all columns of a foreign key or none",
        &[
            "CREATE TABLE \"posts\" (\"a\" bigint, CONSTRAINT \"posts_a_fkey\" FOREIGN KEY (\"a\", \"b\") REFERENCES \"users\" (\"id\", \"c\") \
           ON DELETE SET NULL (\"b\"))",
        ],
    );
}

/// G-37: in statements of their own, or in the text that the database keeps.
#[test]
fn comments() {
    let said = |name: &str| Some(format!("it's {name}"));
    let table = CreateTable { comment: said("t"), ..CreateTable::new("users", vec![Column { comment: said("c"), ..id() }]) };
    writes(
        &Op::CreateTable(table),
        &["CREATE TABLE \"users\" (/* it's t */ \"id\" INTEGER PRIMARY KEY AUTOINCREMENT /* it's c */)"],
        &[
            "CREATE TABLE \"users\" (\"id\" bigserial NOT NULL, PRIMARY KEY (\"id\"))",
            "COMMENT ON TABLE \"users\" IS 'it''s t'",
            "COMMENT ON COLUMN \"users\".\"id\" IS 'it''s c'",
        ],
    );
    writes(
        &alter(vec![Alteration::Add(Column { comment: said("c"), ..column("a", Type::Text) })]),
        &["ALTER TABLE \"users\" ADD COLUMN \"a\" TEXT /* it's c */"],
        &["ALTER TABLE \"users\" ADD COLUMN \"a\" text", "COMMENT ON COLUMN \"users\".\"a\" IS 'it''s c'"],
    );
    let index = Index { name: "i".into(), comment: said("i"), ..Index::new("users", vec!["a".into()]) };
    writes(
        &Op::CreateIndex(CreateIndex { index, if_not_exists: false }),
        &["CREATE INDEX \"i\" ON \"users\" (/* it's i */ \"a\")"],
        &["CREATE INDEX \"i\" ON \"users\" (\"a\")", "COMMENT ON INDEX \"i\" IS 'it''s i'"],
    );
    writes(
        &Op::AddConstraint(AddConstraint::new("users", "c", Constraint::Check("a > 1".into())).comment("it's")),
        &["ALTER TABLE \"users\" ADD CONSTRAINT \"c\" /* it's */ CHECK (a > 1)"],
        &["ALTER TABLE \"users\" ADD CONSTRAINT \"c\" CHECK (a > 1)", "COMMENT ON CONSTRAINT \"c\" ON \"users\" IS 'it''s'"],
    );
    only_postgres(
        &alter(vec![Alteration::Add(Column { comment: Some("a */ DROP".into()), ..column("a", Type::Text) })]),
        "keeps comments in its SQL, which `*/` ends",
        &["ALTER TABLE \"users\" ADD COLUMN \"a\" text", "COMMENT ON COLUMN \"users\".\"a\" IS 'a */ DROP'"],
    );
    by_text(
        &alter(vec![
            Alteration::Modify {
                to: Column { comment: Some("new".into()), ..column("a", Type::Text) },
                from: Some(column("a", Type::Text)),
            },
            Alteration::Comment { to: "it's t".into(), from: None },
        ]),
        &["COMMENT ON TABLE \"users\" IS 'it''s t'", "COMMENT ON COLUMN \"users\".\"a\" IS 'new'"],
    );
    only_postgres(
        &alter(vec![Alteration::Comment { to: "a */ DROP".into(), from: None }]),
        "keeps comments in its SQL, which `*/` ends",
        &["COMMENT ON TABLE \"users\" IS 'a */ DROP'"],
    );
}

/// Section 3.1, row 25
#[test]
fn enums_are_types_or_checks() {
    let state = || Enumeration::new("state", ["new", "it's"]);
    let drop = Op::CreateEnum(state()).reverse().unwrap().unwrap();
    writes(&Op::CreateEnum(state()), &[], &["CREATE TYPE \"state\" AS ENUM ('new', 'it''s')"]);
    writes(&drop, &[], &["DROP TYPE \"state\""]);
    let column = || Column { default: Some("new".into()), ..column("state", Type::Enum(state())) };
    writes(
        &Op::CreateTable(CreateTable::new("orders", vec![column()])),
        &[
            "CREATE TABLE \"orders\" (\"state\" TEXT DEFAULT 'new' CONSTRAINT \"orders_state_is_state\" CHECK (\"state\" IN ('new', 'it''s')))",
        ],
        &["CREATE TABLE \"orders\" (\"state\" \"state\" DEFAULT 'new')"],
    );
    by_text(
        &alter(vec![Alteration::Modify { to: column(), from: Some(self::column("state", Type::Text)) }]),
        &["ALTER TABLE \"users\" ALTER COLUMN \"state\" TYPE \"state\" USING \"state\"::text::\"state\", \
           ALTER COLUMN \"state\" SET DEFAULT 'new'"],
    );
    let add = |value| Op::AddEnumValue(AddEnumValue { name: "state".into(), value });
    by_text(&add("paid".into()), &["ALTER TYPE \"state\" ADD VALUE 'paid'"]);
    by_text(&add(EnumValue::new("paid").before("new")), &["ALTER TYPE \"state\" ADD VALUE 'paid' BEFORE 'new'"]);
    by_text(&add(EnumValue::new("paid").after("new")), &["ALTER TYPE \"state\" ADD VALUE 'paid' AFTER 'new'"]);
    by_text(
        &Op::RenameEnumValue { name: "state".into(), from: "new".into(), to: "fresh".into() },
        &["ALTER TYPE \"state\" RENAME VALUE 'new' TO 'fresh'"],
    );
}

/// G-38, G-39
#[test]
fn collations_and_generated_columns() {
    let create = |column| Op::CreateTable(CreateTable::new("t", vec![column]));
    writes(
        &create(Column { collation: Some("C".into()), ..column("a", Type::Text) }),
        &["CREATE TABLE \"t\" (\"a\" TEXT COLLATE \"C\")"],
        &["CREATE TABLE \"t\" (\"a\" text COLLATE \"C\")"],
    );
    let stored = Generated::Stored("1 + 1".into());
    writes(
        &create(Column { generated: Some(stored.clone()), ..column("a", Type::Integer) }),
        &["CREATE TABLE \"t\" (\"a\" INTEGER GENERATED ALWAYS AS (1 + 1) STORED)"],
        &["CREATE TABLE \"t\" (\"a\" integer GENERATED ALWAYS AS (1 + 1) STORED)"],
    );
    by_text(
        &alter(vec![Alteration::Add(Column { generated: Some(stored), ..column("a", Type::Integer) })]),
        &["ALTER TABLE \"users\" ADD COLUMN \"a\" integer GENERATED ALWAYS AS (1 + 1) STORED"],
    );
    let change = alter(vec![Alteration::Add(Column { generated: Some(Generated::Virtual("1".into())), ..column("a", Type::Integer) })]);
    let [sqlite, postgres] = both(&change);
    assert_eq!(sqlite.unwrap(), ["ALTER TABLE \"users\" ADD COLUMN \"a\" INTEGER GENERATED ALWAYS AS (1) VIRTUAL"]);
    assert!(postgres.unwrap_err().message().ends_with("PostgreSQL stores every generated column"));
}

/// G-40, G-41, G-44
#[test]
fn identities_spans_and_kinds_of_tables() {
    let create = |column: Column| Op::CreateTable(CreateTable::new("t", vec![column]));
    let key = || Column { primary_key: true, ..column("id", Type::Identity) };
    writes(
        &create(key()),
        &["CREATE TABLE \"t\" (\"id\" INTEGER PRIMARY KEY AUTOINCREMENT)"],
        &["CREATE TABLE \"t\" (\"id\" bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL, PRIMARY KEY (\"id\"))"],
    );
    only_postgres(
        &create(Column { start_value: Some(10), increment: Some(5), ..key() }),
        "counts from 1 up by 1, always",
        &[
            "CREATE TABLE \"t\" (\"id\" bigint GENERATED BY DEFAULT AS IDENTITY (START WITH 10 INCREMENT BY 5) NOT NULL, PRIMARY KEY (\"id\"))",
        ],
    );
    let span = |kind| Column { precision: Some(3), ..column("a", kind) };
    writes(&create(span(Type::Duration)), &["CREATE TABLE \"t\" (\"a\" TEXT)"], &["CREATE TABLE \"t\" (\"a\" interval(3))"]);
    let fields = Type::Custom("interval day to second".into());
    assert_eq!(PostgresDdl.column_type(&span(fields)).unwrap(), "interval day to second(3)");
    let kind = |kind| Op::CreateTable(CreateTable { kind, ..CreateTable::new("t", vec![column("a", Type::Float)]) });
    writes(
        &kind(TableKind::Temporary),
        &["CREATE TEMPORARY TABLE \"t\" (\"a\" REAL)"],
        &["CREATE TEMPORARY TABLE \"t\" (\"a\" double precision)"],
    );
    let lack = "writes every table to its log";
    only_postgres(&kind(TableKind::Unlogged), lack, &["CREATE UNLOGGED TABLE \"t\" (\"a\" double precision)"]);
}

/// Section 3.1, row 25
#[test]
fn views_and_prefixes() {
    same(&Op::CreateView(View { name: "v".into(), sql: "SELECT 1".into() }), &["CREATE VIEW \"v\" AS SELECT 1"]);
    same(&Op::DropView(DropView { name: "v".into(), was: None }), &["DROP VIEW \"v\""]);
    let lack = "has no named schemas inside a database";
    only_postgres(&Op::CreatePrefix("tenant".into()), lack, &["CREATE SCHEMA \"tenant\""]);
    only_postgres(&Op::DropPrefix("tenant".into()), lack, &["DROP SCHEMA \"tenant\""]);
}
