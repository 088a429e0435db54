//! Columns added, changed and removed.

use super::super::SqliteDdl;
use super::super::rows::{Demand, affinity};
use super::super::table_text::{Constraint as ConstraintText, Edit, Kind};
use super::plan::{ALTERS_CHECKS, CHECKS_ROWS, DROPS_COLUMNS, Plan};
use crate::adapter::sql::ddl::alter::{fill, new_column, set};
use crate::adapter::sql::ddl::column::{checks, literal};
use crate::adapter::sql::ddl::facets::{Step, steps};
use crate::adapter::sql::ddl::{DdlDialect, quote, write};
use crate::ddl::{Alteration, Column, Facet, Generated, Literal, Op};
use crate::error::{DdlError, Lack, Result, StructureError};

pub(super) fn all(plan: &mut Plan, alterations: &[Alteration]) -> Result<()> {
    let mut last = Vec::new();
    for (at, alteration) in alterations.iter().enumerate() {
        let grows = alterations[at + 1..].iter().any(|later| matches!(later, Alteration::Add(_) | Alteration::AddIfNotExists(_)));
        match alteration {
            Alteration::Add(column) => add(plan, column)?,
            Alteration::AddIfNotExists(column) if plan.new.column(&column.name).is_ok() => {}
            Alteration::AddIfNotExists(column) => add(plan, column)?,
            Alteration::Modify { to, from } => modify(plan, to, from.as_ref())?,
            // A table is never without columns: the only one goes when the others are there.
            Alteration::Remove(Column { name, .. }) | Alteration::RemoveNamed(name) if plan.new.columns().len() == 1 && grows => {
                last.push(name);
            }
            Alteration::Remove(Column { name, .. }) | Alteration::RemoveNamed(name) => remove(plan, name)?,
            Alteration::RemoveIfExists(name) if plan.new.column(name).is_err() => {}
            Alteration::RemoveIfExists(name) => remove(plan, name)?,
            Alteration::Set(change) => set_facet(plan, &change.column, &change.to)?,
            Alteration::Comment { to, .. } => set_comment(plan, to)?,
        }
    }
    last.into_iter().try_for_each(|name| remove(plan, name))
}

fn unsupported(plan: &Plan, lack: Lack) -> DdlError {
    let database = SqliteDdl.capabilities().database;
    DdlError::Unsupported { operation: format!("alter table `{}`", plan.table), database, lack }
}

fn add(plan: &mut Plan, column: &Column) -> Result<()> {
    if plan.new.column(&column.name).is_ok() {
        return Err(StructureError::ColumnExists { table: plan.table.name.clone(), column: column.name.clone() }.into());
    }
    let new = new_column(&plan.table, column, &SqliteDdl).map_err(|lack| unsupported(plan, lack))?;
    let statements = match adds_in_place(column, plan.version) {
        true => {
            let op = Op::AlterTable { table: plan.table.clone(), alterations: vec![Alteration::Add(column.clone())] };
            Some(write(&op, &SqliteDdl)?)
        }
        false => None,
    };
    plan.add_statements(statements);
    let native = plan.native.clone();
    plan.edit(Edit::AddColumn { definition: new.definition })?;
    plan.native = native;
    if let Some(sql) = new.foreign_key {
        plan.edit(Edit::AddTableConstraint { sql })?;
    }
    plan.fresh.push(column.name.clone());
    let default = column.default.as_ref().filter(|value| **value != Literal::Null);
    match &column.backfill {
        _ if default.is_some() || column.generated.is_some() => {}
        Some(value) => plan.set_value(&column.name, literal(value, &SqliteDdl)),
        None if needs_value(column) => plan.demands.push(Demand::NoRows { column: column.name.clone() }),
        None => {}
    }
    Ok(())
}

/// Must it hold something, and nothing was said? A key that counts up fills itself.
fn needs_value(column: &Column) -> bool {
    (column.null == Some(false) || column.primary_key) && !column.kind.is_serial()
}

/// May it be added in place, whatever the table holds? What works on an empty table would fail on a full one.
pub(super) fn adds_in_place(column: &Column, version: i32) -> bool {
    let default = column.default.as_ref().filter(|value| **value != Literal::Null);
    let is_composite = column.reference.as_ref().is_some_and(|reference| !reference.with.is_empty());
    let refused = [
        column.primary_key || column.kind.is_serial(),
        matches!(column.generated, Some(Generated::Stored(_))),
        column.null == Some(false) && default.is_none() && (column.backfill.is_none() || version < ALTERS_CHECKS),
        matches!(default, Some(Literal::Expression(_))),
        column.reference.is_some() && default.is_some(),
        is_composite,
        version < CHECKS_ROWS && !checks(&"".into(), column, &SqliteDdl).is_empty(),
    ];
    !refused.contains(&true)
}

/// Its own constraints go with it, and those of the table that are about nothing else.
fn remove(plan: &mut Plan, name: &str) -> Result<()> {
    plan.dependants.release(&plan.old, name).or_else(|error| if plan.is_fresh(name) { Ok(()) } else { Err(error) })?;
    drop_lone_constraints(plan, name)?;
    let column = plan.new.column(name)?;
    let is_plain = |kind: &Kind| !matches!(kind, Kind::PrimaryKey(_) | Kind::Unique { .. } | Kind::ForeignKey(_));
    let in_place = plan.version >= DROPS_COLUMNS
        && column.constraints.iter().all(|constraint| is_plain(&constraint.kind))
        && plan.dependants.are_silent_about(name);
    let statement = in_place.then(|| plan.alter(&format!("DROP COLUMN {}", quote(name))));
    plan.edit_by(Edit::DropColumn { name: name.to_owned() }, statement)?;
    plan.fresh.retain(|fresh| !fresh.eq_ignore_ascii_case(name));
    plan.forget_value(name);
    plan.demands.retain(|demand| !demand.is_about(name));
    Ok(())
}

fn drop_lone_constraints(plan: &mut Plan, name: &str) -> Result<()> {
    loop {
        let text = &plan.new;
        let of_columns: Vec<_> = text.columns().iter().flat_map(|column| column.constraints.iter().map(|found| found.span)).collect();
        let lone = text.constraints().filter(|found| !of_columns.contains(&found.span)).find_map(|found| drop_lone(found, name));
        match lone {
            Some(edit) => plan.edit(edit)?,
            None => return Ok(()),
        }
    }
}

/// What takes the constraint away, if it is about this column alone.
fn drop_lone(found: &ConstraintText, name: &str) -> Option<Edit> {
    let is_lone = |columns: &[String]| matches!(columns, [column] if column.eq_ignore_ascii_case(name));
    let (columns, unnamed) = if let Kind::PrimaryKey(key) = &found.kind {
        return is_lone(&key.columns).then_some(Edit::DropPrimaryKey);
    } else if let Kind::Unique { columns } = &found.kind {
        (columns, Edit::DropUnique { columns: columns.clone() })
    } else if let Kind::ForeignKey(key) = &found.kind {
        (&key.columns, Edit::DropForeignKey { columns: key.columns.clone(), parent: key.parent.clone() })
    } else {
        return None;
    };
    let named = found.name.as_ref().map(|name| Edit::DropConstraint { name: name.clone() });
    is_lone(columns).then(|| named.unwrap_or(unnamed))
}

fn modify(plan: &mut Plan, to: &Column, from: Option<&Column>) -> Result<()> {
    plan.new.column(&to.name)?;
    let table = plan.table.clone();
    for step in steps(&table, to, from, &SqliteDdl).map_err(|lack| unsupported(plan, lack))? {
        match step {
            // The check that is a part of it is a step of its own.
            Step::DropForeignKey(name) => super::constraints::drop_alone(plan, &name)?,
            Step::Backfill(value) => backfill(plan, &to.name, &value)?,
            Step::Set(facet) => set_facet(plan, &to.name, &facet)?,
            Step::Check { name, expression } => set_check(plan, &to.name, &name, expression)?,
            Step::Comment(text) => set_comment_of(plan, &to.name, &text)?,
            Step::AddForeignKey(sql) => {
                super::constraints::refuse_second(plan, &to.foreign_key_name(&table).unwrap_or_default())?;
                plan.edit(Edit::AddTableConstraint { sql })?;
            }
        }
    }
    Ok(())
}

/// An empty one is none, as everywhere.
fn said(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

fn set_comment(plan: &mut Plan, text: &str) -> Result<()> {
    if plan.new.comment() == said(text) {
        return Ok(());
    }
    plan.edit(Edit::SetComment { text: said(text).map(str::to_owned) })
}

fn set_comment_of(plan: &mut Plan, column: &str, text: &str) -> Result<()> {
    if plan.new.comment_of(plan.new.column(column)?) == said(text) {
        return Ok(());
    }
    plan.edit(Edit::SetColumnComment { column: column.to_owned(), text: said(text).map(str::to_owned) })
}

fn backfill(plan: &mut Plan, column: &str, value: &str) -> Result<()> {
    let filled = format!("coalesce({}, {value})", plan.value(column));
    plan.set_value(column, filled);
    plan.add_statements(Some(vec![fill(&plan.table, column, value)]));
    Ok(())
}

pub(super) fn set_facet(plan: &mut Plan, column: &str, facet: &Facet) -> Result<()> {
    let found = plan.new.column(column)?;
    match facet {
        Facet::Null(null) if found.not_null() != *null => Ok(()),
        Facet::Null(null) => {
            let statement = (plan.version >= ALTERS_CHECKS).then(|| plan.alter(&set(column, facet)));
            plan.edit_by(Edit::SetNotNull { column: column.to_owned(), on: !null }, statement)?;
            plan.demands.retain(|demand| !demand.is_not_null(column));
            if !null && !plan.is_fresh(column) {
                plan.demands.push(Demand::NotNull { column: column.to_owned(), value: plan.value(column) });
            }
            Ok(())
        }
        Facet::Default(default) if found.default() == default.as_deref() => Ok(()),
        Facet::Default(default) => plan.edit(Edit::SetDefault { column: column.to_owned(), sql: default.clone() }),
        Facet::Type { sql, collation, using } => {
            set_type(plan, column, sql, using.as_deref())?;
            match collation {
                Some(name) if plan.new.column(column)?.collation() != Some(name) => {
                    plan.edit(Edit::SetCollation { column: column.to_owned(), name: Some(quote(name)) })
                }
                Some(_) | None => Ok(()),
            }
        }
    }
}

fn set_type(plan: &mut Plan, column: &str, sql: &str, using: Option<&str>) -> Result<()> {
    let old = plan.new.column(column)?.sql_type.as_ref().map(|found| found.text.clone()).unwrap_or_default();
    if let Some(using) = using {
        // The rows that were to be filled are filled, whatever becomes of the others.
        let value = match plan.values.iter().find(|(name, _)| name.eq_ignore_ascii_case(column)) {
            Some((_, filled)) => filled.replacen(&quote(column), &format!("({using})"), 1),
            None => format!("({using})"),
        };
        plan.set_value(column, value);
        plan.native = None;
    }
    if !old.eq_ignore_ascii_case(sql) {
        plan.edit(Edit::SetType { column: column.to_owned(), sql: Some(sql.to_owned()) })?;
    }
    let strict = plan.new.strict();
    let converts = !old.eq_ignore_ascii_case(sql) && affinity(&old) != affinity(sql);
    if strict && (using.is_some() || !old.eq_ignore_ascii_case(sql)) || (using.is_none() && converts) {
        let value = plan.value(column);
        plan.demands.push(Demand::Fits { column: column.to_owned(), value, into: sql.to_owned(), strict });
    }
    Ok(())
}

fn set_check(plan: &mut Plan, column: &str, name: &str, expression: Option<String>) -> Result<()> {
    let is_there = super::constraints::is_there(plan, name);
    let sql = expression.map(|expression| format!("CONSTRAINT {} CHECK ({expression})", quote(name)));
    match sql {
        Some(sql) if is_there => plan.edit(Edit::ReplaceConstraint { name: name.to_owned(), sql }),
        Some(sql) => plan.edit(Edit::AddColumnConstraint { column: column.to_owned(), sql }),
        None if is_there => plan.edit(Edit::DropConstraint { name: name.to_owned() }),
        None => Ok(()),
    }
}
