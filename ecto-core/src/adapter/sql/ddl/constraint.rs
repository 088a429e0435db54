//! Constraints of tables that are there.

use super::column::foreign_key_body;
use super::text::{leading_comment, list, quote_table, when};
use super::{quote, string};
use crate::capability::StructureCapabilities;
use crate::ddl::{AddConstraint, Constraint, DropConstraint, TableName};

/// The statement, and the one that adds the comment.
pub(super) fn add(add: &AddConstraint, can: &StructureCapabilities) -> Vec<String> {
    let [table, name] = [quote_table(&add.table), quote(&add.name)];
    let validity = when(!validates(add), " NOT VALID");
    let mut statements = vec![format!("ALTER TABLE {table} ADD {}{validity}", named(add, can))];
    statements.extend(
        add.comment
            .iter()
            .filter(|_| can.comment_statements)
            .map(|text| format!("COMMENT ON CONSTRAINT {name} ON {table} IS {}", string(text))),
    );
    statements
}

/// The constraint with its name, as it stands in a table.
pub(crate) fn named(add: &AddConstraint, can: &StructureCapabilities) -> String {
    let comment = leading_comment(add.comment.as_deref(), can);
    format!("CONSTRAINT {} {comment}{}", quote(&add.name), body(&add.table, &add.constraint))
}

fn validates(add: &AddConstraint) -> bool {
    add.validate && !matches!(&add.constraint, Constraint::ForeignKey(key) if !key.reference.validate)
}

/// What stands behind the name of a constraint.
fn body(table: &TableName, constraint: &Constraint) -> String {
    let columns = |columns: &[String]| list(columns.iter().map(String::as_str));
    match constraint {
        Constraint::Check(expression) => format!("CHECK ({expression})"),
        Constraint::Exclude(definition) => format!("EXCLUDE {definition}"),
        Constraint::Unique(names) => format!("UNIQUE ({})", columns(names)),
        Constraint::PrimaryKey(names) => format!("PRIMARY KEY ({})", columns(names)),
        Constraint::ForeignKey(key) => foreign_key_body(table, &key.column, &key.reference),
        Constraint::Sql(sql) => sql.clone(),
    }
}

/// `DROP CONSTRAINT`.
pub(super) fn drop(drop: &DropConstraint) -> String {
    format!("ALTER TABLE {} DROP CONSTRAINT{} {}", quote_table(&drop.table), when(drop.if_exists, " IF EXISTS"), quote(&drop.name))
}

/// Nothing where every constraint was checked when it was made.
pub(super) fn validate(table: &TableName, name: &str, can: &StructureCapabilities) -> Vec<String> {
    let statement = || format!("ALTER TABLE {} VALIDATE CONSTRAINT {}", quote_table(table), quote(name));
    can.unvalidated.then(statement).into_iter().collect()
}
