//! One column: its definition, its default, its foreign key.

use std::fmt::Write as _;

use super::DdlDialect;
use super::text::{list, quote_table, when};
use super::{enumeration, push_quoted, quote, string};
use crate::ddl::{Check, Column, Deferrable, Generated, Literal, Match, OnDelete, OnUpdate, Reference, TableName, Type};
use crate::error::Lack;

/// Name, type and what belongs to the column alone, without keys.
pub(super) fn definition(table: &TableName, column: &Column, dialect: &dyn DdlDialect) -> Result<String, Lack> {
    let mut sql = quote(&column.name);
    push_definition(&mut sql, table, column, dialect)?;
    Ok(sql)
}

/// The same behind the name.
pub(super) fn push_definition(sql: &mut String, table: &TableName, column: &Column, dialect: &dyn DdlDialect) -> Result<(), Lack> {
    sql.extend([" ", &dialect.column_type(column)?]);
    if let Some(name) = &column.collation {
        sql.push_str(" COLLATE ");
        push_quoted(sql, name);
    }
    column.generated.iter().for_each(|generated| sql.push_str(&self::generated(generated)));
    column.default.iter().for_each(|value| sql.extend([" DEFAULT ", &literal(value, dialect)]));
    // A key is never null; said in so many words, because not every database takes it for granted.
    sql.push_str(when(column.primary_key || column.null == Some(false), " NOT NULL"));
    checks(table, column, dialect).iter().for_each(|check| sql.extend([" ", &constraint(check)]));
    Ok(())
}

/// A named check, as it stands in a table or a column.
pub(crate) fn constraint(check: &Check) -> String {
    format!("CONSTRAINT {} CHECK ({})", quote(&check.name), check.expression)
}

/// The checks of a column: its own, and those that stand for what its type does not say.
pub(crate) fn checks(table: &TableName, column: &Column, dialect: &dyn DdlDialect) -> Vec<Check> {
    let size = column.size.filter(|_| dialect.capabilities().size_by_check && column.kind == Type::String);
    let size = size.map(|size| Check {
        name: format!("{}_{}_length", table.name, column.name),
        expression: format!("length({}) <= {size}", quote(&column.name)),
    });
    size.into_iter()
        .chain(enum_check(table, column, dialect))
        .chain(full_check(table, column, dialect))
        .chain(column.check.clone())
        .collect()
}

fn enum_check(table: &TableName, column: &Column, dialect: &dyn DdlDialect) -> Option<Check> {
    let Type::Enum(named) = &column.kind else { return None };
    (!dialect.capabilities().enum_types).then(|| enumeration::check(&table.name, &column.name, named))
}

fn full_check(table: &TableName, column: &Column, dialect: &dyn DdlDialect) -> Option<Check> {
    let reference = column.reference.as_ref()?;
    all_or_none(&reference.name_on(table, &column.name), &column.name, reference, dialect)
}

/// What `MATCH FULL` adds to a foreign key of this name, where the database does not know it. It makes no difference to a key of one column.
pub(crate) fn all_or_none(key: &str, column: &str, reference: &Reference, dialect: &dyn DdlDialect) -> Option<Check> {
    if dialect.capabilities().match_full || reference.matching != Match::Full || reference.with.is_empty() {
        return None;
    }
    Some(Check { name: full_name(key), expression: whole_or_null(reference.columns_here(column)) })
}

/// What that check says of the columns of a key.
pub(crate) fn whole_or_null<'c>(columns: impl Iterator<Item = &'c str> + Clone) -> String {
    let all = |test: &str| columns.clone().map(|column| format!("{} {test}", quote(column))).collect::<Vec<_>>().join(" AND ");
    format!("({}) OR ({})", all("IS NULL"), all("IS NOT NULL"))
}

/// How the check is called that is a part of this foreign key.
pub(crate) fn full_name(key: &str) -> String {
    format!("{key}_full")
}

fn generated(generated: &Generated) -> String {
    match generated {
        Generated::Stored(expression) => format!(" GENERATED ALWAYS AS ({expression}) STORED"),
        Generated::Virtual(expression) => format!(" GENERATED ALWAYS AS ({expression}) VIRTUAL"),
    }
}

/// A value as it stands in SQL text.
pub(crate) fn literal(value: &Literal, dialect: &dyn DdlDialect) -> String {
    match value {
        Literal::Null => "NULL".into(),
        Literal::Bool(true) => "TRUE".into(),
        Literal::Bool(false) => "FALSE".into(),
        Literal::Integer(number) => number.to_string(),
        Literal::Float(number) => format!("{number:?}"),
        Literal::Text(text) => string(text),
        Literal::Bytes(bytes) => dialect.bytes(&hexadecimal(bytes)),
        Literal::Json(json) => string(&json.to_string()),
        Literal::Expression(sql) => format!("({sql})"),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // OK because writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// `CONSTRAINT name FOREIGN KEY (here) REFERENCES there …`: as it stands in a table.
pub(super) fn foreign_key(table: &TableName, column: &Column, reference: &Reference) -> String {
    let name = column.foreign_key_name(table).unwrap_or_default();
    let validity = when(!reference.validate, " NOT VALID");
    format!("CONSTRAINT {} {}{validity}", quote(&name), foreign_key_body(table, &column.name, reference))
}

/// `FOREIGN KEY (here) REFERENCES there …`.
pub(super) fn foreign_key_body(table: &TableName, column: &str, reference: &Reference) -> String {
    format!("FOREIGN KEY ({}) {}", list(reference.columns_here(column)), target(table, reference))
}

/// `CONSTRAINT name REFERENCES there …`: as it stands behind a column.
pub(super) fn inline_foreign_key(table: &TableName, column: &Column, reference: &Reference) -> String {
    let name = column.foreign_key_name(table).unwrap_or_default();
    format!("CONSTRAINT {} {}", quote(&name), target(table, reference))
}

/// A reference without a prefix means the table beside this one.
fn target(table: &TableName, reference: &Reference) -> String {
    let mut there = reference.table.clone();
    there.prefix = there.prefix.or_else(|| table.prefix.clone());
    let columns = std::iter::once(reference.column.as_str()).chain(reference.with.iter().map(|(_, there)| there.as_str()));
    let full = when(reference.matching == Match::Full, " MATCH FULL");
    let on_delete = on_delete(&reference.on_delete);
    let [on_update, deferrable] = [on_update(reference.on_update), deferrable(reference.deferrable)];
    format!("REFERENCES {} ({}){full}{on_delete}{on_update}{deferrable}", quote_table(&there), list(columns))
}

fn on_delete(action: &OnDelete) -> String {
    let some = |columns: &[String]| format!("({})", list(columns.iter().map(String::as_str)));
    match action {
        OnDelete::Nothing => String::new(),
        OnDelete::Restrict => " ON DELETE RESTRICT".into(),
        OnDelete::DeleteAll => " ON DELETE CASCADE".into(),
        OnDelete::NilifyAll => " ON DELETE SET NULL".into(),
        OnDelete::Nilify(columns) => format!(" ON DELETE SET NULL {}", some(columns)),
        OnDelete::DefaultAll => " ON DELETE SET DEFAULT".into(),
        OnDelete::Default(columns) => format!(" ON DELETE SET DEFAULT {}", some(columns)),
    }
}

fn on_update(action: OnUpdate) -> &'static str {
    match action {
        OnUpdate::Nothing => "",
        OnUpdate::Restrict => " ON UPDATE RESTRICT",
        OnUpdate::UpdateAll => " ON UPDATE CASCADE",
        OnUpdate::NilifyAll => " ON UPDATE SET NULL",
        OnUpdate::DefaultAll => " ON UPDATE SET DEFAULT",
    }
}

fn deferrable(when: Deferrable) -> &'static str {
    match when {
        Deferrable::No => "",
        Deferrable::Immediate => " DEFERRABLE INITIALLY IMMEDIATE",
        Deferrable::Deferred => " DEFERRABLE INITIALLY DEFERRED",
    }
}
