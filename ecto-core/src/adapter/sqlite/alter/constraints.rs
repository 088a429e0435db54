//! Constraints added and dropped.

use super::super::SqliteDdl;
use super::super::table_text::{Constraint as ConstraintText, Edit, Kind};
use super::columns::set_facet;
use super::plan::{ALTERS_CHECKS, DROPS_KEYS, Plan};
use crate::adapter::sql::ddl::column::{all_or_none, constraint, full_name, whole_or_null};
use crate::adapter::sql::ddl::constraint::named;
use crate::adapter::sql::ddl::{DdlDialect, quote};
use crate::ddl::{AddConstraint, Constraint, DropConstraint, Facet};
use crate::error::{Result, StructureError};

pub(super) fn add(plan: &mut Plan, add: &AddConstraint) -> Result<()> {
    refuse_second(plan, &add.name)?;
    if let Constraint::ForeignKey(key) = &add.constraint
        && let Some(check) = all_or_none(&add.name, &key.column, &key.reference, &SqliteDdl)
    {
        refuse_second(plan, &check.name)?;
        plan.edit(Edit::AddTableConstraint { sql: constraint(&check) })?;
    }
    let sql = named(add, SqliteDdl.capabilities());
    let in_place = matches!(add.constraint, Constraint::Check(_)) && plan.version >= ALTERS_CHECKS;
    let statement = in_place.then(|| plan.alter(&format!("ADD {sql}")));
    plan.edit_by(Edit::AddTableConstraint { sql }, statement)?;
    match &add.constraint {
        // The columns of a key are never NULL; here that has to be said.
        Constraint::PrimaryKey(columns) => columns.iter().try_for_each(|column| set_facet(plan, column, &Facet::Null(false))),
        Constraint::Check(_) | Constraint::Exclude(_) | Constraint::Unique(_) | Constraint::ForeignKey(_) | Constraint::Sql(_) => Ok(()),
    }
}

pub(super) fn drop(plan: &mut Plan, drop: &DropConstraint) -> Result<()> {
    let is_known = is_there(plan, &drop.name) || unnamed(plan, &drop.name).is_some();
    if drop.if_exists && !is_known { Ok(()) } else { drop_named(plan, &drop.name) }
}

fn find<'p>(plan: &'p Plan, name: &str) -> Option<&'p ConstraintText> {
    plan.new.constraints().find(|found| found.name.as_ref().is_some_and(|found| found.eq_ignore_ascii_case(name)))
}

pub(super) fn is_there(plan: &Plan, name: &str) -> bool {
    find(plan, name).is_some()
}

/// The database would take a second one of the same name, and then know neither.
pub(super) fn refuse_second(plan: &Plan, name: &str) -> Result<()> {
    match is_there(plan, name) {
        true => Err(StructureError::ConstraintExists { table: plan.table.name.clone(), name: name.to_owned() }.into()),
        false => Ok(()),
    }
}

/// A constraint, and the check that is a part of it where it is a key that is whole or NULL.
pub(super) fn drop_named(plan: &mut Plan, name: &str) -> Result<()> {
    let whole = find(plan, name).and_then(|found| match &found.kind {
        Kind::ForeignKey(key) => Some(whole_or_null(key.columns.iter().map(String::as_str))),
        _ => None,
    });
    drop_alone(plan, name)?;
    let check = full_name(name);
    let is_part = |found: &ConstraintText| matches!(&found.kind, Kind::Check { expression } if Some(&expression.text) == whole.as_ref());
    if find(plan, &check).is_some_and(is_part) { drop_alone(plan, &check) } else { Ok(()) }
}

/// By its name, or by the name that it would have had if somebody had given it one.
pub(super) fn drop_alone(plan: &mut Plan, name: &str) -> Result<()> {
    if !is_there(plan, name)
        && let Some(edit) = unnamed(plan, name)
    {
        return plan.edit(edit);
    }
    let in_place = find(plan, name).is_some_and(|found| {
        let is_check = matches!(found.kind, Kind::Check { .. }) && plan.version >= ALTERS_CHECKS;
        is_check || (matches!(found.kind, Kind::ForeignKey(_)) && plan.version >= DROPS_KEYS)
    });
    let statement = in_place.then(|| plan.alter(&format!("DROP CONSTRAINT {}", quote(name))));
    plan.edit_by(Edit::DropConstraint { name: name.to_owned() }, statement)
}

/// `users_pkey`, `users_org_id_fkey`.
fn unnamed(plan: &Plan, name: &str) -> Option<Edit> {
    let table = &plan.table.name;
    if name == format!("{table}_pkey") && plan.new.primary_key().is_some() {
        return Some(Edit::DropPrimaryKey);
    }
    let key = plan.new.foreign_keys().find(|key| name == format!("{table}_{}_fkey", key.columns.join("_")))?;
    Some(Edit::DropForeignKey { columns: key.columns.clone(), parent: key.parent.clone() })
}
