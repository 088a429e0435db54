use super::*;

fn users() -> CreateTable {
    CreateTable::new("users", vec![Column::new("id", Type::BigSerial), Column::new("name", Type::String)])
}

fn email() -> Column {
    Column { null: Some(false), ..Column::new("email", Type::String) }
}

fn alter(alterations: Vec<Alteration>) -> Op {
    Op::AlterTable { table: "users".into(), alterations }
}

fn set(to: Facet, was: Option<Facet>) -> Alteration {
    Alteration::Set(ColumnChange { column: "age".into(), to, was })
}

/// G-30
#[test]
fn one_thing_about_a_column_is_undone_if_it_is_known() {
    let reverse = |to, was| alter(vec![set(to, was)]).reverse();
    let nullable = alter(vec![set(Facet::Null(true), Some(Facet::Null(false)))]);
    assert_eq!(reverse(Facet::Null(false), None).unwrap().unwrap(), nullable);
    let error = reverse(Facet::Default(None), None).unwrap_err();
    assert_eq!(error.message(), "modify `age` of table `users` cannot be undone by itself");
    assert!(error.hint().unwrap().starts_with("say what it was: `ColumnChange::was`, or"));
}

#[test]
fn nothing_undoes_a_validation() {
    let validate = Op::ValidateConstraint { table: "users".into(), name: "adult".into() };
    assert_eq!(validate.reverse().unwrap(), None);
    assert_eq!(reverse(&[validate]).unwrap(), []);
}

/// G-25: an index that was made is dropped without a condition, and one that was made on condition with one.
#[test]
fn an_index_is_undone_as_it_was_made() {
    let create = |if_not_exists| Op::CreateIndex(CreateIndex { index: Index::new("users", vec!["name".into()]), if_not_exists });
    for conditional in [false, true] {
        let Some(Op::DropIndex(drop)) = create(conditional).reverse().unwrap() else { panic!("no index is dropped") };
        assert_eq!((drop.index.name.as_str(), drop.if_exists), ("users_name_index", conditional));
    }
}

/// G-11, G-12, G-14 to G-22, G-26, G-28: what says enough about itself comes back to itself.
#[test]
fn the_reverse_of_the_reverse_is_the_change() {
    let changes = [
        Op::CreateTable(users()),
        Op::CreateTable(CreateTable { if_not_exists: true, ..users() }),
        Op::RenameTable { from: "a".into(), to: "b".into() },
        Op::RenameColumn { table: "users".into(), from: "a".into(), to: "b".into() },
        Op::RenameIndex { index: Index::new("users", vec!["a".into()]), to: "b".into() },
        alter(vec![Alteration::Add(email()), Alteration::Remove(Column::new("age", Type::Integer))]),
        alter(vec![Alteration::Modify { to: email(), from: Some(Column::new("email", Type::Text)) }]),
        Op::CreateIndex(CreateIndex { index: Index::new("users", vec!["email".into()]), if_not_exists: false }),
        Op::CreateIndex(CreateIndex { index: Index::new("users", vec!["email".into()]), if_not_exists: true }),
        Op::AddConstraint(AddConstraint::new("users", "adult", Constraint::Check("age > 17".into()))),
        Op::Execute(Raw { up: "INSERT".into(), down: Some("DELETE".into()) }),
        Op::CreateEnum(Enumeration::new("state", ["new"])),
        Op::RenameEnumValue { name: "state".into(), from: "new".into(), to: "old".into() },
        Op::CreateView(View { name: "v".into(), sql: "SELECT 1".into() }),
        Op::CreatePrefix("tenant".into()),
        alter(vec![set(Facet::Default(None), Some(Facet::Default(Some("0".into()))))]),
        alter(vec![set(Facet::Null(false), Some(Facet::Null(true)))]),
    ];
    for change in changes {
        let reverse = change.reverse().unwrap().unwrap();
        assert_ne!(reverse, change);
        assert_eq!(reverse.reverse().unwrap().unwrap(), change);
    }
}

/// G-04: the alterations of one table are undone in reverse order, and so is the whole list.
#[test]
fn the_last_change_is_undone_first() {
    let change = alter(vec![Alteration::Add(email()), Alteration::Remove(Column::new("age", Type::Integer))]);
    let expected = alter(vec![Alteration::Add(Column::new("age", Type::Integer)), Alteration::Remove(email())]);
    assert_eq!(change.reverse().unwrap().unwrap(), expected);

    let list = reverse(&[Op::CreateTable(users()), change]).unwrap();
    assert_eq!(list[0], expected);
    assert!(matches!(&list[1], Op::DropTable(drop) if !drop.if_exists && !drop.cascade));
}

/// G-13, G-22, G-23, G-27, G-28, G-29, G-30: what does not say enough is refused by name, with the way out.
#[test]
fn what_cannot_be_undone_says_so() {
    let nothing_known = [
        (Op::DropTable(DropTable { table: "users".into(), if_exists: false, cascade: false, was: None }), "drop table `users`"),
        (Op::DropConstraint(DropConstraint::new("users", "adult")), "drop constraint `adult` of `users`"),
        (Op::DropEnum(DropEnum { name: "state".into(), was: None }), "drop enum `state`"),
        (Op::AddEnumValue(AddEnumValue { name: "state".into(), value: "paid".into() }), "add value `paid` to enum `state`"),
        (Op::DropView(DropView { name: "v".into(), was: None }), "drop view `v`"),
        (Op::Execute(Raw { up: "UPDATE x".into(), down: None }), "execute `UPDATE x`"),
        (alter(vec![Alteration::RemoveNamed("age".into())]), "remove `age` of table `users`"),
        (alter(vec![Alteration::AddIfNotExists(email())]), "add `email` of table `users`"),
        (alter(vec![Alteration::RemoveIfExists("age".into())]), "remove `age` of table `users`"),
        (alter(vec![Alteration::Modify { to: email(), from: None }]), "modify `email` of table `users`"),
    ];
    for (change, name) in nothing_known {
        let error = change.reverse().unwrap_err();
        assert_eq!(error.message(), format!("{name} cannot be undone by itself"));
        assert!(error.hint().unwrap().ends_with("`up` and `down` instead of `change`"), "{error}");
    }
}

/// G-47
#[test]
fn an_index_is_named_after_its_table_and_columns() {
    let named = |parts: Vec<IndexPart>| Index::new("users", parts).name;
    assert_eq!(named(vec!["name".into(), "email".into()]), "users_name_email_index");
    assert_eq!(named(vec![IndexPart::expression("lower(email)")]), "users_lower_email_index");
    assert_eq!(named(vec![IndexPart::descending("age")]), "users_age_index");
}

/// G-50
#[test]
fn a_foreign_key_is_named_after_its_table_and_column() {
    let column = Column::new("author_id", references("users"));
    assert_eq!(column.foreign_key_name(&"posts".into()).unwrap(), "posts_author_id_fkey");
    assert_eq!(column.kind, Type::BigInteger);
    let named = Column::new("author_id", references("users").name("author"));
    assert_eq!(named.foreign_key_name(&"posts".into()).unwrap(), "author");
}

/// G-36
#[test]
fn contradictions_are_found_before_any_database_sees_them() {
    let table = |column: Column| Op::CreateTable(CreateTable::new("users", vec![column]));
    let plain = || Column::new("x", Type::Integer);
    let wrong = [
        (table(Column { scale: Some(2), ..Column::new("x", Type::Decimal) }), "a scale needs a precision"),
        (table(Column { precision: Some(2), ..plain() }), "its type has no precision"),
        (table(Column { size: Some(2), ..plain() }), "its type has no size"),
        (table(Column { primary_key: true, null: Some(true), ..plain() }), "a primary key cannot be null"),
        (
            table(Column { default: Some(1.into()), generated: Some(Generated::Stored("1".into())), ..plain() }),
            "what is generated cannot have a default",
        ),
        (table(Column { default: Some(f64::NAN.into()), ..plain() }), "its default is not a number"),
        (table(Column::new("", Type::Integer)), "a name is empty"),
        (table(Column::new("a\0", Type::Integer)), "contains the character NUL"),
        (Op::CreateTable(CreateTable::new("users", vec![plain(), plain()])), "it is named twice"),
        (Op::CreateTable(CreateTable::new("users", vec![])), "has no columns"),
        (
            table(Column::new("x", references("users").on_delete(OnDelete::Nilify(vec!["y".into()])))),
            "what happens on a deletion names columns that are not in the foreign key",
        ),
        (Op::AddConstraint(AddConstraint::new("users", "u", Constraint::Unique(vec![]))), "it names no column"),
        (
            Op::AddConstraint(AddConstraint::new("users", "u", Constraint::Unique(vec!["a".into()])).not_valid()),
            "always holds for all rows",
        ),
        (
            alter(vec![Alteration::Modify { to: Column::new("id", Type::BigSerial), from: Some(Column::new("id", Type::Integer)) }]),
            "a column cannot begin or cease to be counted up by `modify`",
        ),
        (Op::CreateEnum(Enumeration { name: "state".into(), values: vec![] }), "it has no values"),
        (Op::CreateEnum(Enumeration::new("state", ["a", "a"])), "it has a value twice"),
        (table(Column::new("x", Type::Enum(Enumeration::new("state", ["a\0"])))), "a value contains the character NUL"),
        (table(Column { start_value: Some(1), ..plain() }), "only an identity has a start and an increment"),
        (table(Column { increment: Some(0), ..Column::new("x", Type::Identity) }), "an increment of 0 counts nothing"),
        (table(Column { using: Some("x".into()), ..plain() }), "it is for `modify`"),
        (table(Column { backfill: Some(1.into()), ..plain() }), "it is for `alter_table`"),
        (alter(vec![Alteration::Add(Column { backfill: Some(1.into()), ..plain() })]), "`backfill` goes with `not_null`"),
        (Op::CreateIndex(CreateIndex { index: Index::new("users", vec![]), if_not_exists: false }), "it names no column"),
    ];
    for (change, reason) in wrong {
        let error = change.check().unwrap_err();
        assert!(error.message().contains(reason), "{error}");
    }
    assert!(Op::CreateTable(users()).check().is_ok());
}

/// G-09
#[test]
fn a_type_that_can_mean_two_things_is_refused() {
    let table = |name: &str| Op::CreateTable(CreateTable::new("users", vec![Column::new("at", Type::Custom(name.into()))]));
    let error = table("datetime").check().unwrap_err();
    assert_eq!(error.message(), "column `at` of table `users`: `datetime` can mean two things");
    assert!(error.hint().unwrap().contains("Type::UtcDateTime"));
    assert!(table("daterange").check().is_ok());
}

#[test]
fn what_a_change_destroys_is_named() {
    let create = Op::CreateTable(users());
    assert_eq!(create.losses(), [] as [String; 0]);
    assert_eq!(create.reverse().unwrap().unwrap().losses(), ["the rows of table `users`"]);
    let change = alter(vec![Alteration::Add(email()), Alteration::RemoveNamed("age".into()), Alteration::RemoveIfExists("name".into())]);
    assert_eq!(change.losses(), ["column `age` of `users`", "column `name` of `users`"]);
    assert_eq!(Op::Execute(Raw { up: "DELETE FROM users".into(), down: None }).losses(), [] as [String; 0]);
}
