use super::*;
use crate::adapter::postgres::PostgresDdl;
use crate::adapter::sqlite::SqliteDdl;
use crate::ddl::{
    AddConstraint, Alteration, Check, Column, Constraint, CreateIndex, CreateTable, DropConstraint, DropIndex, Index, IndexPart, Literal,
    OnDelete, Raw, Type, references,
};

/// What both databases are sent for one change, or why not.
fn both(op: &Op) -> [Result<Vec<String>>; 2] {
    [write(op, &SqliteDdl), write(op, &PostgresDdl)]
}

#[track_caller]
fn writes(op: &Op, sqlite: &[&str], postgres: &[&str]) {
    let [found, other] = both(op);
    assert_eq!(found.unwrap(), sqlite);
    assert_eq!(other.unwrap(), postgres);
}

#[track_caller]
fn same(op: &Op, sql: &[&str]) {
    writes(op, sql, sql);
}

#[track_caller]
fn only_postgres(op: &Op, reason: &str, postgres: &[&str]) {
    let [refused, written] = both(op);
    let error = refused.unwrap_err();
    assert_eq!(error.message(), format!("{}: SQLite {reason}", op.describe()));
    assert!(error.hint().is_some());
    assert_eq!(written.unwrap(), postgres);
}

/// What one database writes and the other one brings about by the text of the table, which this writer does not know.
#[track_caller]
fn by_text(op: &Op, postgres: &[&str]) {
    let [accepted, written] = both(op);
    assert!(accepted.is_ok(), "{accepted:?}");
    assert_eq!(written.unwrap(), postgres);
}

fn id() -> Column {
    Column { primary_key: true, ..Column::new("id", Type::BigSerial) }
}

fn column(name: &str, kind: Type) -> Column {
    Column::new(name, kind)
}

fn alter(alterations: Vec<Alteration>) -> Op {
    Op::AlterTable { table: "users".into(), alterations }
}

/// G-11, G-32, G-33, G-45
#[test]
fn a_table_with_defaults() {
    let columns = vec![
        id(),
        Column { null: Some(false), size: Some(20), ..column("code", Type::String) },
        Column { default: Some(false.into()), ..column("confirmed", Type::Boolean) },
        Column { default: Some("it's".into()), ..column("say \"hi\"", Type::Text) },
        Column { default: Some(Literal::Expression("1 + 1".into())), ..column("two", Type::Integer) },
        Column { null: Some(false), ..column("inserted_at", Type::UtcDateTime) },
    ];
    writes(
        &Op::CreateTable(CreateTable::new("users", columns)),
        &["CREATE TABLE \"users\" (\"id\" INTEGER PRIMARY KEY AUTOINCREMENT, \
           \"code\" TEXT NOT NULL CONSTRAINT \"users_code_length\" CHECK (length(\"code\") <= 20), \
           \"confirmed\" INTEGER DEFAULT FALSE, \"say \"\"hi\"\"\" TEXT DEFAULT 'it''s', \"two\" INTEGER DEFAULT (1 + 1), \
           \"inserted_at\" TEXT NOT NULL)"],
        &["CREATE TABLE \"users\" (\"id\" bigserial NOT NULL, \"code\" varchar(20) NOT NULL, \
           \"confirmed\" boolean DEFAULT FALSE, \"say \"\"hi\"\"\" text DEFAULT 'it''s', \"two\" integer DEFAULT (1 + 1), \
           \"inserted_at\" timestamptz(6) NOT NULL, PRIMARY KEY (\"id\"))"],
    );
}

/// G-53
#[test]
fn each_type_has_its_name() {
    let names = [
        (Type::String, "TEXT", "varchar(255)"),
        (Type::Text, "TEXT", "text"),
        (Type::Integer, "INTEGER", "integer"),
        (Type::BigInteger, "INTEGER", "bigint"),
        (Type::SmallInteger, "INTEGER", "smallint"),
        (Type::Boolean, "INTEGER", "boolean"),
        (Type::Float, "REAL", "double precision"),
        (Type::Decimal, "TEXT", "numeric(10,2)"),
        (Type::Binary, "BLOB", "bytea"),
        (Type::Date, "TEXT", "date"),
        (Type::NaiveDateTime, "TEXT", "timestamp(6)"),
        (Type::UtcDateTime, "TEXT", "timestamptz(6)"),
        (Type::Json, "TEXT", "jsonb"),
        (Type::Uuid, "TEXT", "uuid"),
        (Type::Custom("citext".into()), "citext", "citext"),
    ];
    for (kind, sqlite, postgres) in names {
        let mut column = column("x", kind);
        if column.kind == Type::Decimal {
            (column.precision, column.scale) = (Some(10), Some(2));
        }
        assert_eq!(SqliteDdl.column_type(&column).unwrap(), sqlite);
        assert_eq!(PostgresDdl.column_type(&column).unwrap(), postgres);
    }
    let list = column("x", Type::Array(Box::new(Type::Text)));
    assert_eq!(PostgresDdl.column_type(&list).unwrap(), "text[]");
    assert_eq!(SqliteDdl.column_type(&list).unwrap_err(), Lack::Array);
}

/// G-34, G-43, G-50
#[test]
fn keys_of_several_columns_and_references() {
    let mut table = CreateTable::new(
        "items",
        vec![
            Column {
                primary_key: true,
                ..Column::new("order_id", references("orders").with("shop", "shop").on_delete(OnDelete::DeleteAll))
            },
            Column { primary_key: true, ..column("shop", Type::Integer) },
        ],
    );
    table.checks.push(Check { name: "sane".into(), expression: "shop > 0".into() });
    let sql = |big: &str, int: &str| {
        format!(
            "CREATE TABLE \"items\" (\"order_id\" {big} NOT NULL, \"shop\" {int} NOT NULL, PRIMARY KEY (\"order_id\", \"shop\"), \
             CONSTRAINT \"items_order_id_fkey\" FOREIGN KEY (\"order_id\", \"shop\") REFERENCES \"orders\" (\"id\", \"shop\") \
             ON DELETE CASCADE, CONSTRAINT \"sane\" CHECK (shop > 0))"
        )
    };
    writes(&Op::CreateTable(table), &[&sql("INTEGER", "INTEGER")], &[&sql("bigint", "integer")]);
}

#[test]
fn columns_come_and_go() {
    let add = Alteration::Add(Column { null: Some(false), default: Some(0.into()), ..column("age", Type::Integer) });
    writes(
        &alter(vec![add, Alteration::RemoveNamed("name".into())]),
        &["ALTER TABLE \"users\" ADD COLUMN \"age\" INTEGER DEFAULT 0 NOT NULL", "ALTER TABLE \"users\" DROP COLUMN \"name\""],
        &["ALTER TABLE \"users\" ADD COLUMN \"age\" integer DEFAULT 0 NOT NULL, DROP COLUMN \"name\""],
    );
    let reference = Column::new("team_id", references("teams"));
    writes(
        &alter(vec![Alteration::Add(reference.clone())]),
        &["ALTER TABLE \"users\" ADD COLUMN \"team_id\" INTEGER CONSTRAINT \"users_team_id_fkey\" REFERENCES \"teams\" (\"id\")"],
        &["ALTER TABLE \"users\" ADD COLUMN \"team_id\" bigint CONSTRAINT \"users_team_id_fkey\" REFERENCES \"teams\" (\"id\")"],
    );
    // G-52
    writes(
        &alter(vec![Alteration::Remove(reference)]),
        &["ALTER TABLE \"users\" DROP CONSTRAINT \"users_team_id_fkey\"", "ALTER TABLE \"users\" DROP COLUMN \"team_id\""],
        &["ALTER TABLE \"users\" DROP CONSTRAINT \"users_team_id_fkey\", DROP COLUMN \"team_id\""],
    );
}

/// G-30
#[test]
fn only_what_differs_is_modified() {
    let required = Column { null: Some(false), ..column("age", Type::Integer) };
    same(
        &alter(vec![Alteration::Modify { to: required.clone(), from: Some(column("age", Type::Integer)) }]),
        &["ALTER TABLE \"users\" ALTER COLUMN \"age\" SET NOT NULL"],
    );
    by_text(
        &alter(vec![Alteration::Modify { to: required, from: None }]),
        &["ALTER TABLE \"users\" ALTER COLUMN \"age\" TYPE integer, ALTER COLUMN \"age\" SET NOT NULL"],
    );
    writes(
        &alter(vec![Alteration::Modify { to: column("id", Type::BigSerial), from: Some(column("id", Type::Serial)) }]),
        &[],
        &["ALTER TABLE \"users\" ALTER COLUMN \"id\" TYPE bigint"],
    );
    let defaulted = Column { default: Some(Literal::Null), ..column("age", Type::Integer) };
    by_text(
        &alter(vec![Alteration::Modify { to: defaulted, from: Some(column("age", Type::Integer)) }]),
        &["ALTER TABLE \"users\" ALTER COLUMN \"age\" SET DEFAULT NULL"],
    );
    let reference = Column::new("team_id", references("teams").on_delete(OnDelete::NilifyAll));
    by_text(
        &alter(vec![Alteration::Modify { to: reference, from: Some(Column::new("team_id", references("teams"))) }]),
        &["ALTER TABLE \"users\" DROP CONSTRAINT \"users_team_id_fkey\", ADD CONSTRAINT \"users_team_id_fkey\" FOREIGN KEY (\"team_id\") \
           REFERENCES \"teams\" (\"id\") ON DELETE SET NULL"],
    );
}

/// G-18 to G-21, G-46
#[test]
fn indexes() {
    let index = |parts| Index::new("users", parts);
    let create = |index| Op::CreateIndex(CreateIndex { index, if_not_exists: false });
    let unique = Index { unique: true, condition: Some("age > 1".into()), ..index(vec!["email".into(), IndexPart::descending("age")]) };
    same(&create(unique), &["CREATE UNIQUE INDEX \"users_email_age_index\" ON \"users\" (\"email\", \"age\" DESC) WHERE age > 1"]);
    same(
        &create(index(vec![IndexPart::expression("lower(email)")])),
        &["CREATE INDEX \"users_lower_email_index\" ON \"users\" ((lower(email)))"],
    );
    same(
        &Op::DropIndex(DropIndex { index: index(vec!["email".into()]), if_exists: true, cascade: false }),
        &["DROP INDEX IF EXISTS \"users_email_index\""],
    );
    by_text(
        &Op::RenameIndex { index: Index { name: "old".into(), ..index(vec!["email".into()]) }, to: "new".into() },
        &["ALTER INDEX \"old\" RENAME TO \"new\""],
    );
}

#[test]
fn constraints() {
    let check = |expression: &str| AddConstraint::new("users", "adult", Constraint::Check(expression.into()));
    same(&Op::AddConstraint(check("age > 17")), &["ALTER TABLE \"users\" ADD CONSTRAINT \"adult\" CHECK (age > 17)"]);
    same(&Op::DropConstraint(DropConstraint::new("users", "adult")), &["ALTER TABLE \"users\" DROP CONSTRAINT \"adult\""]);
    only_postgres(
        &Op::AddConstraint(AddConstraint { validate: false, ..check("age > 17") }),
        "checks the rows that are there, always",
        &["ALTER TABLE \"users\" ADD CONSTRAINT \"adult\" CHECK (age > 17) NOT VALID"],
    );
    only_postgres(
        &Op::AddConstraint(AddConstraint { constraint: Constraint::Exclude("USING gist (x WITH &&)".into()), ..check("") }),
        "has no exclusion constraints",
        &["ALTER TABLE \"users\" ADD CONSTRAINT \"adult\" EXCLUDE USING gist (x WITH &&)"],
    );
}

#[test]
fn renames_prefixes_and_raw_statements() {
    same(&Op::RenameTable { from: "a".into(), to: "b\"c".into() }, &["ALTER TABLE \"a\" RENAME TO \"b\"\"c\""]);
    same(&Op::RenameColumn { table: "a".into(), from: "b".into(), to: "c".into() }, &["ALTER TABLE \"a\" RENAME COLUMN \"b\" TO \"c\""]);
    same(&Op::Execute(Raw { up: "VACUUM".into(), down: None }), &["VACUUM"]);
    same(&Op::Execute(Raw { up: "".into(), down: None }), &[]);
    let table = CreateTable::new(crate::ddl::TableName::new("users").prefix("tenant"), vec![Column::new("team_id", references("teams"))]);
    only_postgres(
        &Op::CreateTable(table),
        "has no named schemas inside a database",
        &["CREATE TABLE \"tenant\".\"users\" (\"team_id\" bigint, CONSTRAINT \"users_team_id_fkey\" FOREIGN KEY (\"team_id\") \
           REFERENCES \"tenant\".\"teams\" (\"id\"))"],
    );
}

/// G-47: PostgreSQL would cut the name in silence.
#[test]
fn a_name_that_would_be_cut_is_refused() {
    let op = Op::CreateTable(CreateTable::new("x".repeat(64), vec![id()]));
    let [sqlite, postgres] = both(&op);
    assert!(sqlite.is_ok());
    assert!(postgres.unwrap_err().message().ends_with("has 64 bytes, and PostgreSQL cuts names after 63"));
    // Its name is made from both.
    let key = Column::new("y".repeat(30), references("users"));
    let [_, postgres] = both(&Op::CreateTable(CreateTable::new("x".repeat(30), vec![key])));
    assert!(postgres.unwrap_err().message().ends_with("_fkey` has 66 bytes, and PostgreSQL cuts names after 63"));
}

mod options;
