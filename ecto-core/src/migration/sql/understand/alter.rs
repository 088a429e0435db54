//! `ALTER TABLE`: each of its actions a change of its own.

use sqlparser::ast::{AlterColumnOperation, AlterTable, AlterTableOperation, Ident, RenameTableNameKind};

use super::constraint;
use super::create::added_column;
use super::name::Names;
use crate::ddl::{AddConstraint, Alteration, ColumnChange, DropConstraint, Facet, Op, TableName};

/// The changes, in order.
pub(super) fn table(alter: AlterTable, names: &Names) -> Option<Vec<Op>> {
    // `ONLY` makes a difference to tables that inherit from this one; what is done to this one is the same.
    let AlterTable { name, if_exists: false, only: _, operations, location: None, on_cluster: None, table_type: None, end_token: _ } =
        alter
    else {
        return None;
    };
    let table = names.table(&name)?;
    operations.into_iter().map(|operation| action(operation, &table, names)).collect()
}

fn action(operation: AlterTableOperation, table: &TableName, names: &Names) -> Option<Op> {
    let altered = |alteration| Some(Op::AlterTable { table: table.clone(), alterations: vec![alteration] });
    match operation {
        AlterTableOperation::AddColumn { column_keyword: _, if_not_exists, column_def, column_position: None } => {
            let column = added_column(&column_def, names)?;
            altered(if if_not_exists { Alteration::AddIfNotExists(column) } else { Alteration::Add(column) })
        }
        AlterTableOperation::DropColumn { has_column_keyword: _, column_names, if_exists, drop_behavior: None } => {
            let [name] = column_names.as_slice() else { return None };
            let name = names.one(name);
            altered(if if_exists { Alteration::RemoveIfExists(name) } else { Alteration::RemoveNamed(name) })
        }
        AlterTableOperation::AlterColumn { column_name, op } => {
            let change = ColumnChange { column: names.one(&column_name), to: facet(op)?, was: None };
            altered(Alteration::Set(change))
        }
        AlterTableOperation::RenameColumn { old_column_name, new_column_name } => {
            Some(Op::RenameColumn { table: table.clone(), from: names.one(&old_column_name), to: names.one(&new_column_name) })
        }
        AlterTableOperation::RenameTable { table_name: RenameTableNameKind::To(to) } => {
            Some(Op::RenameTable { from: table.clone(), to: TableName { prefix: table.prefix.clone(), name: names.alone(&to)? } })
        }
        AlterTableOperation::AddConstraint { constraint, not_valid } => {
            let (name, constraint) = constraint::table(&constraint, names)?;
            // Without a name nobody can say what to drop again.
            let add = AddConstraint::new(table.clone(), name?, constraint);
            Some(Op::AddConstraint(if not_valid { add.not_valid() } else { add }))
        }
        AlterTableOperation::DropConstraint { if_exists, name, drop_behavior: None } => {
            let drop = DropConstraint::new(table.clone(), names.one(&name));
            Some(Op::DropConstraint(DropConstraint { if_exists, ..drop }))
        }
        AlterTableOperation::ValidateConstraint { name } => validate(table, &name, names),
        // Owners, rules, partitions, storage: not part of what is described here.
        _ => None,
    }
}

fn validate(table: &TableName, name: &Ident, names: &Names) -> Option<Op> {
    Some(Op::ValidateConstraint { table: table.clone(), name: names.one(name) })
}

fn facet(operation: AlterColumnOperation) -> Option<Facet> {
    Some(match operation {
        AlterColumnOperation::SetNotNull => Facet::Null(false),
        AlterColumnOperation::DropNotNull => Facet::Null(true),
        AlterColumnOperation::SetDefault { value } => Facet::Default(Some(value.to_string())),
        AlterColumnOperation::DropDefault => Facet::Default(None),
        AlterColumnOperation::SetDataType { data_type, using, had_set: _ } => {
            Facet::Type { sql: data_type.to_string(), collation: None, using: using.map(|expression| expression.to_string()) }
        }
        AlterColumnOperation::AddGenerated { .. } | AlterColumnOperation::GenericOptions { .. } => return None,
    })
}
