//! Constraints.

use sqlparser::ast::{
    CheckConstraint, ConstraintCharacteristics, ConstraintReferenceMatchKind, DeferrableInitial, ForeignKeyConstraint, Ident,
    KeyOrIndexDisplay, NullsDistinctOption, PrimaryKeyConstraint, ReferentialAction, TableConstraint, UniqueConstraint,
};

use super::name::Names;
use crate::ddl::{Constraint, Deferrable, ForeignKey, Match, OnDelete, OnUpdate, Reference, references};

/// A constraint and its name, if it has one.
pub(super) fn table(constraint: &TableConstraint, names: &Names) -> Option<(Option<String>, Constraint)> {
    let name = |name: &Option<Ident>| name.as_ref().map(|name| names.one(name));
    match constraint {
        TableConstraint::Check(CheckConstraint { name: named, expr, no_inherit: false, enforced: None }) => {
            Some((name(named), Constraint::Check(expr.to_string())))
        }
        TableConstraint::Unique(unique) => Some((name(&unique.name), Constraint::Unique(unique_columns(unique, names)?))),
        TableConstraint::PrimaryKey(key) => Some((name(&key.name), Constraint::PrimaryKey(key_columns(key, names)?))),
        TableConstraint::ForeignKey(key) => Some((name(&key.name), foreign_key(key, names)?)),
        TableConstraint::Check(_)
        | TableConstraint::Index(_)
        | TableConstraint::FulltextOrSpatial(_)
        | TableConstraint::PrimaryKeyUsingIndex(_)
        | TableConstraint::UniqueUsingIndex(_)
        | TableConstraint::Exclude(_) => None,
    }
}

pub(super) fn unique_columns(unique: &UniqueConstraint, names: &Names) -> Option<Vec<String>> {
    let UniqueConstraint {
        name: _,
        index_name,
        index_type_display,
        index_type,
        columns,
        include,
        index_options,
        characteristics,
        nulls_distinct,
    } = unique;
    let plain = index_name.is_none()
        && *index_type_display == KeyOrIndexDisplay::None
        && index_type.is_none()
        && include.is_empty()
        && index_options.is_empty()
        && characteristics.is_none()
        && *nulls_distinct == NullsDistinctOption::None;
    columns.iter().map(|column| names.key_column(column)).collect::<Option<_>>().filter(|_| plain)
}

pub(super) fn key_columns(key: &PrimaryKeyConstraint, names: &Names) -> Option<Vec<String>> {
    let PrimaryKeyConstraint { name: _, index_name, index_type, columns, include, index_options, characteristics } = key;
    let plain = index_name.is_none() && index_type.is_none() && include.is_empty() && index_options.is_empty() && characteristics.is_none();
    columns.iter().map(|column| names.key_column(column)).collect::<Option<_>>().filter(|_| plain)
}

/// Structured where the columns on both sides are named; as text where it refers to the key of the other table, whatever that is.
fn foreign_key(key: &ForeignKeyConstraint, names: &Names) -> Option<Constraint> {
    let columns = names.all(&key.columns);
    let (column, more) = columns.split_first()?;
    match reference(key, more, names)? {
        Some(reference) => Some(Constraint::ForeignKey(ForeignKey { column: column.clone(), reference })),
        None => Some(Constraint::Sql(ForeignKeyConstraint { name: None, ..key.clone() }.to_string())),
    }
}

/// What a column refers to; `Some(None)` where it does not name the other column.
pub(super) fn reference(key: &ForeignKeyConstraint, more: &[String], names: &Names) -> Option<Option<Reference>> {
    let ForeignKeyConstraint {
        name,
        index_name: None,
        columns: _,
        foreign_table,
        referred_columns,
        on_delete,
        on_update,
        match_kind,
        characteristics,
    } = key
    else {
        return None;
    };
    let mut reference = references(names.table(foreign_table)?);
    reference.name = name.as_ref().map(|name| names.one(name));
    reference.on_delete = on_delete.as_ref().map(deleted).unwrap_or_default();
    reference.on_update = on_update.as_ref().map(updated).unwrap_or_default();
    reference.matching = match match_kind {
        None | Some(ConstraintReferenceMatchKind::Simple) => Match::Simple,
        Some(ConstraintReferenceMatchKind::Full) => Match::Full,
        Some(ConstraintReferenceMatchKind::Partial) => return None,
    };
    reference.deferrable = characteristics.as_ref().map_or(Some(Deferrable::No), deferrable)?;
    let there = names.all(referred_columns);
    let Some((column, others)) = there.split_first() else { return Some(None) };
    reference.column.clone_from(column);
    reference.with = more.iter().cloned().zip(others.iter().cloned()).collect();
    (more.len() == others.len()).then_some(Some(reference))
}

fn deleted(action: &ReferentialAction) -> OnDelete {
    match action {
        ReferentialAction::NoAction => OnDelete::Nothing,
        ReferentialAction::Restrict => OnDelete::Restrict,
        ReferentialAction::Cascade => OnDelete::DeleteAll,
        ReferentialAction::SetNull => OnDelete::NilifyAll,
        ReferentialAction::SetDefault => OnDelete::DefaultAll,
    }
}

fn updated(action: &ReferentialAction) -> OnUpdate {
    match action {
        ReferentialAction::NoAction => OnUpdate::Nothing,
        ReferentialAction::Restrict => OnUpdate::Restrict,
        ReferentialAction::Cascade => OnUpdate::UpdateAll,
        ReferentialAction::SetNull => OnUpdate::NilifyAll,
        ReferentialAction::SetDefault => OnUpdate::DefaultAll,
    }
}

fn deferrable(characteristics: &ConstraintCharacteristics) -> Option<Deferrable> {
    match characteristics {
        ConstraintCharacteristics { deferrable: Some(false) | None, initially: None, enforced: None } => Some(Deferrable::No),
        ConstraintCharacteristics { deferrable: Some(true), initially: None | Some(DeferrableInitial::Immediate), enforced: None } => {
            Some(Deferrable::Immediate)
        }
        ConstraintCharacteristics { deferrable: Some(true) | None, initially: Some(DeferrableInitial::Deferred), enforced: None } => {
            Some(Deferrable::Deferred)
        }
        ConstraintCharacteristics { .. } => None,
    }
}
