//! The values of an enum: a check in each column that has it.

use super::alter::Plan;
use super::catalogue;
use super::table_text::{Edit, Kind, TokenKind, tokens, unquoted};
use crate::adapter::Connection;
use crate::adapter::sql::ddl::column::constraint;
use crate::adapter::sql::ddl::enumeration::{check, suffix};
use crate::adapter::sql::ddl::{quote, string};
use crate::ddl::{AddEnumValue, Enumeration, Op, Place, TableName};
use crate::error::{Result, StructureError};

/// The enum whose values change.
pub(super) fn changes(op: &Op) -> Option<&TableName> {
    if let Op::AddEnumValue(AddEnumValue { name, .. }) | Op::RenameEnumValue { name, .. } = op { Some(name) } else { None }
}

/// The tables with columns of the enums whose values change, each once.
pub(super) fn tables(ops: &[&Op], connection: &mut dyn Connection) -> Result<Vec<String>> {
    let sql = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND rootpage > 0 AND instr(sql, ?1) > 0";
    let mut tables: Vec<String> = Vec::new();
    for name in ops.iter().copied().filter_map(changes) {
        let found = catalogue::texts(connection, sql, &[&suffix(name)])?;
        tables.extend(found.into_iter().filter(|table| !tables.contains(table)).collect::<Vec<_>>());
    }
    Ok(tables)
}

/// Changes the values wherever the table has the enum.
pub(super) fn change(plan: &mut Plan, op: &Op) -> Result<()> {
    let Some(name) = changes(op) else { return Ok(()) };
    for found in uses(plan, name) {
        let values = changed(name, &found.values, op)?;
        let new = check("", &found.column, &Enumeration { name: name.clone(), values });
        let sql = constraint(&crate::ddl::Check { name: found.check.clone(), ..new });
        plan.edit(Edit::ReplaceConstraint { name: found.check, sql })?;
        if let Op::RenameEnumValue { from, to, .. } = op {
            let [from, to] = [from, to].map(|value| string(value));
            rename(plan, &found.column, &from, &to);
            if plan.new.column(&found.column)?.default() == Some(&from) {
                plan.edit(Edit::SetDefault { column: found.column, sql: Some(to) })?;
            }
        }
    }
    Ok(())
}

/// In the rows. A new column has only what it is filled with.
fn rename(plan: &mut Plan, column: &str, from: &str, to: &str) {
    let (old, plain) = (plan.value(column), quote(column));
    let value = match old == plain {
        true if plan.is_fresh(column) => return,
        true => format!("CASE {plain} WHEN {from} THEN {to} ELSE {plain} END"),
        // Named, as it stands here twice: many in a row would grow without end.
        false => format!("(SELECT CASE v WHEN {from} THEN {to} ELSE v END FROM (SELECT {old} AS v))"),
    };
    plan.set_value(column, value);
}

struct Use {
    check: String,
    column: String,
    values: Vec<String>,
}

/// Checks that have the name and the form of those that stand for this enum.
fn uses(plan: &Plan, name: &TableName) -> Vec<Use> {
    let all = plan.new.constraints().filter_map(|found| {
        let (Kind::Check { expression }, Some(check)) = (&found.kind, &found.name) else { return None };
        let (column, values) = list(&expression.text)?;
        check.ends_with(&format!("_{column}{}", suffix(name))).then(|| Use { check: check.clone(), column, values })
    });
    all.collect()
}

/// `"column" IN ('one', 'two')`.
fn list(expression: &str) -> Option<(String, Vec<String>)> {
    let all: Vec<_> = tokens(expression).into_iter().filter(|token| token.is_significant()).collect();
    let [column, word, rest @ ..] = all.as_slice() else { return None };
    if !word.span.of(expression).eq_ignore_ascii_case("in") {
        return None;
    }
    let values = rest.iter().filter(|token| token.kind == TokenKind::Text).map(|token| unquoted(token.span.of(expression)));
    Some((unquoted(column.span.of(expression)), values.collect()))
}

fn changed(name: &TableName, values: &[String], op: &Op) -> Result<Vec<String>> {
    let refuse = |reason: String| StructureError::EnumValue { name: name.to_string(), reason };
    let at = |value: &String| values.iter().position(|found| found == value);
    let place = |value: &String| at(value).ok_or_else(|| refuse(format!("it has no value `{value}`")));
    let mut values = values.to_vec();
    let (new, index, replaced) = if let Op::AddEnumValue(add) = op {
        let index = match &add.value.place {
            Place::Last => values.len(),
            Place::Before(value) => place(value)?,
            Place::After(value) => place(value)? + 1,
        };
        (&add.value.text, index, 0)
    } else if let Op::RenameEnumValue { from, to, .. } = op {
        (to, place(from)?, 1)
    } else {
        return Ok(values);
    };
    if at(new).is_some() {
        return Err(refuse(format!("it has the value `{new}` already")).into());
    }
    values.splice(index..index + replaced, [new.clone()]);
    Ok(values)
}
