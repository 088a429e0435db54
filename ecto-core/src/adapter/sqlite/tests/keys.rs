//! Which foreign key a refused statement violated.

use super::{Connection, memory, run};
use crate::adapter::{Bulk, Command};
use crate::error::Violation;
use crate::query::{At, Op, Statement, Token, Verb};
use crate::schema::{FieldMeta, SchemaMeta, Writable};
use crate::types::{Kind, Param, Value};

const fn field(name: &'static str) -> FieldMeta {
    FieldMeta {
        name,
        column: name,
        type_name: "integer",
        kind: Kind::I64,
        nullable: true,
        default: None,
        autogenerate: None,
        cast: crate::schema::cast_field::<i64>,
        is_virtual: false,
        redact: false,
        read_after_writes: false,
        writable: Writable::Always,
    }
}

static USERS: SchemaMeta = SchemaMeta { name: "User", table: "users", fields: &[field("id"), field("org_id")], key: &[0], relations: &[] };
static POSTS: SchemaMeta =
    SchemaMeta { name: "Post", table: "posts", fields: &[field("id"), field("user_id"), field("editor_id")], key: &[0], relations: &[] };

const TABLES: &str = "CREATE TABLE orgs (id INTEGER PRIMARY KEY); INSERT INTO orgs VALUES (1); \
    CREATE TABLE users (id INTEGER PRIMARY KEY, org_id INTEGER REFERENCES orgs); INSERT INTO users VALUES (1, 1), (2, NULL); \
    CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id) ON UPDATE CASCADE, editor_id INTEGER REFERENCES users); \
    INSERT INTO posts VALUES (1, 1, NULL), (2, NULL, 2)";

fn blog() -> Box<dyn Connection> {
    let mut connection = memory();
    connection.script(TABLES).unwrap();
    connection
}

fn set(statement: &mut Statement, values: &[(u16, i64)]) {
    for (column, value) in values {
        statement.body.push_param(Kind::I64, Value::I64(*value));
        statement.body.push(Token::with(Op::Set, *column));
    }
}

fn where_id(statement: &mut Statement, id: i64) {
    statement.body.push(Token::column(At::ROOT, 0));
    statement.body.push_param(Kind::I64, Value::I64(id));
    statement.body.push(Token::new(Op::Eq));
    statement.body.push(Token::new(Op::Where));
}

fn violated(connection: &mut dyn Connection, command: Command<'_>) -> Violation {
    let error = connection.run(command, &mut ()).unwrap_err();
    error.violation().cloned().unwrap_or_else(|| panic!("{error:?}"))
}

#[test]
fn an_insert_names_the_key_whose_parent_is_missing() {
    let mut insert = Statement::new(Verb::Insert, &POSTS);
    set(&mut insert, &[(0, 9), (1, 1), (2, 77)]);
    let violation = violated(&mut *blog(), Command::Statement(&insert));
    assert_eq!((violation.name.as_deref(), violation.table.as_deref()), (Some("posts_editor_id_fkey"), Some("posts")));
    assert_eq!(violation.columns, ["editor_id"]);

    let params = [Param::I64(9), Param::I64(1), Param::I64(77)];
    let values = std::mem::take(&mut insert.body.params);
    assert_eq!(violated(&mut *blog(), Command::Given(&insert, &params)), violation);
    assert_eq!(values.len(), params.len());
}

#[test]
fn an_update_names_either_end() {
    let mut child = Statement::new(Verb::Update, &POSTS);
    set(&mut child, &[(1, 77)]);
    where_id(&mut child, 1);
    assert_eq!(violated(&mut *blog(), Command::Statement(&child)).name.as_deref(), Some("posts_user_id_fkey"));

    let mut parent = Statement::new(Verb::Update, &USERS);
    set(&mut parent, &[(0, 77)]);
    where_id(&mut parent, 2);
    assert_eq!(violated(&mut *blog(), Command::Statement(&parent)).name.as_deref(), Some("posts_editor_id_fkey"));
}

#[test]
fn a_delete_names_the_key_of_the_child() {
    let mut delete = Statement::new(Verb::Delete, &USERS);
    where_id(&mut delete, 2);
    let violation = violated(&mut *blog(), Command::Statement(&delete));
    assert_eq!((violation.name.as_deref(), violation.table.as_deref()), (Some("posts_editor_id_fkey"), Some("posts")));
}

#[test]
fn a_restricted_delete_is_named_too() {
    let mut connection = memory();
    let tables = "CREATE TABLE users (id INTEGER PRIMARY KEY, org_id INTEGER); INSERT INTO users VALUES (1, 1); \
                  CREATE TABLE likes (user_id INTEGER REFERENCES users ON DELETE RESTRICT); INSERT INTO likes VALUES (1)";
    connection.script(tables).unwrap();
    let mut delete = Statement::new(Verb::Delete, &USERS);
    where_id(&mut delete, 1);
    assert_eq!(violated(&mut *connection, Command::Statement(&delete)).name.as_deref(), Some("likes_user_id_fkey"));
}

struct Rows(Vec<[i64; 2]>);

impl Bulk for Rows {
    fn rows(&self) -> usize {
        self.0.len()
    }
    fn width(&self) -> usize {
        2
    }
    fn param(&self, row: usize, column: usize) -> Param<'_> {
        Param::I64(self.0[row][column])
    }
}

#[test]
fn an_insert_of_many_rows_writes_them_or_names_the_key() {
    let mut insert = Statement::new(Verb::Insert, &POSTS);
    for column in [0, 1] {
        insert.body.push(Token::param(Kind::I64));
        insert.body.push(Token::with(Op::Set, column));
    }
    let mut connection = blog();
    assert_eq!(connection.run(Command::Bulk(&insert, &Rows(vec![[10, 1], [11, 2]])), &mut ()).unwrap(), 2);
    let violation = violated(&mut *connection, Command::Bulk(&insert, &Rows(vec![[12, 1], [13, 77]])));
    assert_eq!(violation.name.as_deref(), Some("posts_user_id_fkey"));
    assert_eq!(run(&mut *connection, "SELECT * FROM posts WHERE id >= 10", &[]).unwrap(), 3);
}

#[test]
fn lists_of_any_length_find_their_rows() {
    let mut connection = memory();
    connection.script("CREATE TABLE users (id INTEGER PRIMARY KEY, org_id INTEGER)").unwrap();
    for id in 1..=1500 {
        run(&mut *connection, "INSERT INTO users VALUES (?1, ?1)", &[Value::I64(id)]).unwrap();
    }
    for count in [0, 1, 2, 3, 5, 1000, 1024, 1025, 1500] {
        let mut query = Statement::new(Verb::Select, &USERS);
        query.body.push(Token::column(At::ROOT, 0));
        query.body.push(Token::with(Op::ListParam, Kind::I64 as u16));
        query.body.params.push(Value::List((1..=count).map(Value::I64).collect()));
        query.body.push(Token::new(Op::InList));
        query.body.push(Token::new(Op::Where));
        query.limit = Some(Value::I64(2000));
        assert_eq!(connection.run(Command::Statement(&query), &mut ()).unwrap(), count as u64, "{count}");
    }
}
