//! What a modified column changes, one thing after the other: said once for all ways to bring it about.

use super::DdlDialect;
use super::column::{checks, foreign_key, literal};
use crate::ddl::{Column, Facet, Literal, TableName};
use crate::error::Lack;

/// One thing that a modification does, in the order in which it has to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// By its name.
    DropForeignKey(String),
    /// Rows that hold NULL get this value, a literal.
    Backfill(String),
    Set(Facet),
    /// The check of this name is this expression, or is there no more.
    Check {
        name: String,
        expression: Option<String>,
    },
    /// A remark, where the database keeps it in the text of the table.
    Comment(String),
    /// `CONSTRAINT name FOREIGN KEY …`.
    AddForeignKey(String),
}

/// Only what differs from what it was; where that is not known, the type counts as different. What is not said stays as it is.
pub(crate) fn steps(table: &TableName, to: &Column, from: Option<&Column>, dialect: &dyn DdlDialect) -> Result<Vec<Step>, Lack> {
    let mut steps = Vec::new();
    let keeps_reference = from.is_some_and(|from| from.reference == to.reference);
    let old_key = from.filter(|_| !keeps_reference).and_then(|from| from.foreign_key_name(table));
    steps.extend(old_key.map(Step::DropForeignKey));
    steps.extend(to.backfill.as_ref().map(|value| Step::Backfill(literal(value, dialect))));
    if changes_type(to, from, dialect)? {
        let [collation, using] = [to.collation.clone(), to.using.clone().or_else(|| dialect.conversion(to))];
        // What counts a column up is no part of its type once it is made.
        let plain = Column { kind: to.kind.of_referring(), ..to.clone() };
        steps.push(Step::Set(Facet::Type { sql: dialect.column_type(&plain)?.into_owned(), collation, using }));
    }
    steps.extend(filling(to).map(|value| Step::Backfill(literal(value, dialect))));
    steps.extend(to.null.map(|null| Step::Set(Facet::Null(null))));
    steps.extend(to.default.as_ref().map(|value| Step::Set(Facet::Default(Some(literal(value, dialect))))));
    let comment = to.comment.as_ref().filter(|_| !dialect.capabilities().comment_statements);
    steps.extend(comment.map(|text| Step::Comment(text.clone())));
    steps.extend(check_steps(table, to, from, dialect));
    let new_key = to.reference.as_ref().filter(|_| !keeps_reference);
    steps.extend(new_key.map(|reference| Step::AddForeignKey(foreign_key(table, to, reference))));
    Ok(steps)
}

/// Rows that hold NULL in a column which is required get the default that was given along. Whether it was required before does not show:
/// what a column was is told by its type alone, as a rule.
fn filling(to: &Column) -> Option<&Literal> {
    to.default.as_ref().filter(|value| to.null == Some(false) && to.backfill.is_none() && **value != Literal::Null)
}

fn changes_type(to: &Column, from: Option<&Column>, dialect: &dyn DdlDialect) -> Result<bool, Lack> {
    let Some(from) = from else { return Ok(true) };
    let options = |column: &Column| (column.size, column.collation.clone());
    Ok(to.using.is_some() || options(to) != options(from) || dialect.column_type(to)? != dialect.column_type(from)?)
}

/// Checks that stand for a part of the type.
fn check_steps(table: &TableName, to: &Column, from: Option<&Column>, dialect: &dyn DdlDialect) -> Vec<Step> {
    let [new, old] = [checks(table, to, dialect), from.map(|from| checks(table, from, dialect)).unwrap_or_default()];
    let gone = old.iter().filter(|old| new.iter().all(|new| new.name != old.name));
    let gone = gone.map(|check| Step::Check { name: check.name.clone(), expression: None });
    let made = new.iter().filter(|new| !old.contains(new));
    let made = made.map(|check| Step::Check { name: check.name.clone(), expression: Some(check.expression.clone()) });
    gone.chain(made).collect()
}
