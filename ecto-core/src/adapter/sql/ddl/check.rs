//! What a database cannot do to its structure, found before anything runs.

use crate::capability::StructureCapabilities;
use crate::ddl::{
    AddConstraint, AddEnumValue, Alteration, Column, Constraint, CreateTable, DropEnum, DropView, Enumeration, Generated, Index, IndexPart,
    OnDelete, Op, Reference, TableKind, TableName, View,
};
use crate::error::{DdlError, Lack, Result};

/// Names that the database would cut: two long ones could become the same.
pub(super) fn names(op: &Op, can: &StructureCapabilities) -> Result<()> {
    let Some(limit) = can.longest_name else { return Ok(()) };
    let made = foreign_key_names(op);
    match op.names().into_iter().chain(made.iter().map(String::as_str)).find(|name| name.len() > limit) {
        Some(name) => Err(DdlError::NameTooLong { name: name.into(), length: name.len(), limit, database: can.database }.into()),
        None => Ok(()),
    }
}

/// Names that nobody gave: those of foreign keys, made from table and column.
fn foreign_key_names(op: &Op) -> Vec<String> {
    let columns: (&TableName, Vec<&Column>) = match op {
        Op::CreateTable(create) => (&create.table, create.columns.iter().collect()),
        Op::AlterTable { table, alterations } => (table, alterations.iter().filter_map(Alteration::new_column).collect()),
        Op::DropTable(_)
        | Op::RenameTable { .. }
        | Op::RenameColumn { .. }
        | Op::CreateIndex(_)
        | Op::DropIndex(_)
        | Op::RenameIndex { .. }
        | Op::AddConstraint(_)
        | Op::DropConstraint(_)
        | Op::ValidateConstraint { .. }
        | Op::CreateEnum(_)
        | Op::DropEnum(_)
        | Op::AddEnumValue(_)
        | Op::RenameEnumValue { .. }
        | Op::CreateView(_)
        | Op::DropView(_)
        | Op::CreatePrefix(_)
        | Op::DropPrefix(_)
        | Op::Execute(_) => return Vec::new(),
    };
    let (table, columns) = columns;
    columns.into_iter().filter_map(|column| column.foreign_key_name(table)).collect()
}

/// The first thing that is asked for and is lacking.
pub(super) fn support(op: &Op, can: &StructureCapabilities) -> Result<(), Lack> {
    match op {
        Op::CreateTable(create) => create_table(create, can),
        Op::DropTable(drop) => prefix(&drop.table, can),
        Op::RenameTable { from, to } => prefix(from, can).and_then(|()| prefix(to, can)),
        Op::RenameColumn { table, .. } => prefix(table, can),
        Op::AlterTable { table, alterations } => {
            prefix(table, can)?;
            alterations.iter().try_for_each(|alteration| alter(alteration, can))
        }
        Op::CreateIndex(create) => index(&create.index, can),
        Op::DropIndex(drop) => index(&drop.index, can),
        Op::RenameIndex { index: old, .. } => index(old, can),
        Op::AddConstraint(add) => add_constraint(add, can),
        Op::DropConstraint(drop) => prefix(&drop.table, can),
        Op::ValidateConstraint { table, .. } => prefix(table, can),
        Op::CreateEnum(Enumeration { name, .. }) | Op::DropEnum(DropEnum { name, .. }) => prefix(name, can),
        Op::AddEnumValue(AddEnumValue { name, .. }) | Op::RenameEnumValue { name, .. } => prefix(name, can),
        Op::CreateView(View { name, .. }) | Op::DropView(DropView { name, .. }) => prefix(name, can),
        Op::CreatePrefix(_) | Op::DropPrefix(_) => need(can.prefixes, Lack::Prefix),
        Op::Execute(_) => Ok(()),
    }
}

fn need(able: bool, lack: Lack) -> Result<(), Lack> {
    if able { Ok(()) } else { Err(lack) }
}

fn prefix(table: &TableName, can: &StructureCapabilities) -> Result<(), Lack> {
    need(can.prefixes || table.prefix.is_none(), Lack::Prefix)
}

fn create_table(create: &CreateTable, can: &StructureCapabilities) -> Result<(), Lack> {
    prefix(&create.table, can)?;
    comment(create.comment.as_deref(), can)?;
    need(can.unlogged || create.kind != TableKind::Unlogged, Lack::Unlogged)?;
    let keys = create.columns.iter().filter(|column| column.primary_key).count();
    for column in &create.columns {
        let counted = column.kind.is_serial() && can.serial_is_key;
        need(!counted || (column.primary_key && keys == 1), Lack::SerialOutsideKey)?;
        self::column(column, can)?;
    }
    Ok(())
}

/// A comment that stands in the SQL must not end before its end.
fn comment(text: Option<&str>, can: &StructureCapabilities) -> Result<(), Lack> {
    need(can.comment_statements || text.is_none_or(|text| !text.contains("*/")), Lack::CommentEnd)
}

fn column(column: &Column, can: &StructureCapabilities) -> Result<(), Lack> {
    comment(column.comment.as_deref(), can)?;
    need(can.virtual_columns || !matches!(column.generated, Some(Generated::Virtual(_))), Lack::VirtualColumn)?;
    let counts_by_one = [column.start_value, column.increment].iter().all(|number| number.is_none_or(|number| number == 1));
    need(can.identities || counts_by_one, Lack::IdentityOption)?;
    if let Some(enumeration) = column.kind.as_enumeration() {
        prefix(&enumeration.name, can)?;
    }
    column.reference.as_ref().map_or(Ok(()), |to| reference(to, can))
}

fn reference(reference: &Reference, can: &StructureCapabilities) -> Result<(), Lack> {
    need(can.unvalidated || reference.validate, Lack::Unvalidated)?;
    prefix(&reference.table, can)?;
    need(can.partial_actions || !matches!(reference.on_delete, OnDelete::Nilify(_) | OnDelete::Default(_)), Lack::PartialAction)
}

fn alter(alteration: &Alteration, can: &StructureCapabilities) -> Result<(), Lack> {
    match alteration {
        Alteration::Add(new) | Alteration::AddIfNotExists(new) => {
            need(!(can.serial_is_key && new.kind.is_serial()) || new.primary_key, Lack::SerialOutsideKey)?;
            column(new, can)
        }
        Alteration::Modify { to, .. } => column(to, can),
        Alteration::Comment { to, .. } => comment(Some(to), can),
        Alteration::Remove(_) | Alteration::RemoveNamed(_) | Alteration::RemoveIfExists(_) | Alteration::Set(_) => Ok(()),
    }
}

fn index(index: &Index, can: &StructureCapabilities) -> Result<(), Lack> {
    prefix(&index.table, can)?;
    comment(index.comment.as_deref(), can)?;
    let freely = |condition: bool, lack| need(can.index_options || !condition, lack);
    freely(index.only || index.options.is_some(), Lack::IndexOption)?;
    freely(index.using.as_ref().is_some_and(|method| !method.eq_ignore_ascii_case("btree")), Lack::IndexMethod)?;
    freely(index.unique && !index.include.is_empty(), Lack::UniqueInclude)?;
    freely(index.parts.iter().any(IndexPart::turns_nulls), Lack::NullsOrder)
}

fn add_constraint(add: &AddConstraint, can: &StructureCapabilities) -> Result<(), Lack> {
    prefix(&add.table, can)?;
    comment(add.comment.as_deref(), can)?;
    match &add.constraint {
        Constraint::Check(_) | Constraint::Unique(_) | Constraint::PrimaryKey(_) | Constraint::Sql(_) => {}
        Constraint::Exclude(_) => need(can.exclusions, Lack::Exclusion)?,
        Constraint::ForeignKey(key) => reference(&key.reference, can)?,
    }
    need(can.unvalidated || add.validate, Lack::Unvalidated)
}
